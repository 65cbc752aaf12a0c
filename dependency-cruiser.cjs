const own = '^server/modules/([^/]+)/'
const feature = '^web/features/([^/]+)/'
const test = '\\.test\\.tsx?$|\\.e2e\\.ts$|^test/'
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    rule('no-cycles', 'Files form a tree one can read from leaf to root.', {}, { circular: true }),
    rule(
      'domain-is-pure',
      'Rules touch no package, no Node, no database, no page.',
      { path: '^domain/', pathNot: test },
      { pathNot: '^domain/' },
    ),
    rule(
      'contract-is-shapes',
      'The contract knows the domain and zod.',
      { path: '^contract/' },
      { pathNot: '^(contract|domain)/|node_modules/zod/' },
    ),
    rule(
      'platform-knows-no-module',
      'Plumbing must work in another product.',
      { path: '^server/platform/' },
      { path: '^server/modules/|^web/' },
    ),
    rule(
      'modules-meet-at-index',
      'Another module is what its index.ts says it is.',
      { path: own },
      { path: own, pathNot: ['^server/modules/$1/', '/index\\.ts$'] },
    ),
    rule(
      'sql-in-sql-files',
      'One place to look for queries.',
      { path: '^server/modules/', pathNot: ['\\.sql\\.ts$', test] },
      { path: 'node_modules/(kysely|pg)/' },
    ),
    rule(
      'http-in-routes-files',
      'Use cases run without a web server.',
      { path: '^server/modules/', pathNot: ['\\.routes\\.ts$', test] },
      { path: 'node_modules/(fastify|@fastify)/|^server/platform/http\\.ts$' },
    ),
    rule(
      'web-never-sees-server',
      'The two halves meet in contract/ and domain/.',
      { path: '^web/' },
      { path: '^server/' },
    ),
    rule(
      'server-never-sees-web',
      'Pages are built files to the server.',
      { path: '^server/' },
      { path: '^web/' },
    ),
    rule(
      'commands-are-the-top',
      'What a command needs from the product, the product does not need from the command.',
      { path: '^(domain|contract|server|web)/', pathNot: test },
      { path: '^(cli|bench)/' },
    ),
    rule(
      'commands-never-see-web',
      'Commands meet the server and the rules.',
      { path: '^cli/' },
      { path: '^web/' },
    ),
    rule(
      'features-do-not-meet',
      'What two screens share belongs to ui/, lib/ or domain/.',
      { path: feature },
      { path: feature, pathNot: '^web/features/$1/' },
    ),
    rule(
      'ui-knows-no-school',
      'Buttons and tables carry no meaning.',
      { path: '^web/ui/', pathNot: test },
      { path: '^(web/(features|lib)|domain|contract)/' },
    ),
    rule(
      'tests-stay-out',
      'Product code does not lean on test helpers.',
      { pathNot: `${test}|^bench/` },
      { path: test },
    ),
    rule(
      'no-orphans',
      'A file nobody imports is dead.',
      { orphan: true, pathNot: '\\.d\\.ts$|\\.config\\.|^(server|web|cli|bench)/main\\.tsx?$|^test/' },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
