import { RELATIONS, ROLES, type Role } from '#domain/access/access.ts'
import type { Operation } from '#platform/operation.ts'
import { operationWords, relationWords, roleWords } from './access-matrix.words.ts'

const HEAD = `<!-- Пишется командой \`npm run generate\` из объявлений операций; руками не править. -->
# Кто что может

Для приказа о разграничении доступа (п. 1.3, 2.1 положения). Строка — действие, столбец — роль. Чего в таблице нет,
того программа не делает ни для кого. Пустая клетка: для этой роли такого действия нет, и на запрос программа отвечает
так же, как о том, чего не существует. У человека с несколькими ролями права складываются.`

const REST = `## Что верно всегда

- Записи другой организации не видит никто, в том числе на уровне самой базы данных.
- Системный администратор и секретарь не могут поставить или изменить отметку, посещаемость, тему и домашнее задание.
- Историю изменений не может изменить никто: база данных разрешает только добавлять в неё.
- Семья видит только своих детей: это проверяет и программа, и сама база данных.
- Роль и связь с ребёнком действуют только в свои даты.
- Пока человек не сменил первый пароль и не принял правила, ему доступны только эти два действия.
- Кто из ролей с действием «открыть уроки для поздней записи» пользуется им, решает школа в настройках.
- Каждая строка этой таблицы проверяется тестом \`test/access/matrix.db.test.ts\`: за каждого человека, на своих и чужих
  записях, с ожиданиями, записанными отдельно от программы.
`

const cell = ({ access }: Operation, role: Role): string => {
  if ('open' in access) return 'любой'
  const held = RELATIONS.filter((relation) =>
    access.grants.some((grant) => grant.relation === relation && grant.roles.includes(role)),
  )
  return held.map((relation) => relationWords[relation][0]).join(', ')
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** The printed matrix, in Russian, from the declared operations; an operation without Russian words is refused. */
export function accessMatrix(operations: readonly Operation[]): string {
  const named = operations.map((operation) => {
    const words = operationWords[operation.id]
    if (!words) throw new Error(`scripts/access-matrix.words.ts has no words for ${operation.id}`)
    return { operation, heading: words[0], title: words[1] }
  })
  const headings = [...new Set(named.map(({ heading }) => heading))]
  const tables = headings.map((heading) => {
    const lines = named
      .filter((each) => each.heading === heading)
      .map(({ operation, title }) =>
        row([
          operation.access.action === 'write' ? `**${title}**` : title,
          ...ROLES.map((role) => cell(operation, role)),
        ]),
      )
    const head = [
      row(['Действие', ...ROLES.map((role) => roleWords[role])]),
      row(['---', ...ROLES.map(() => ':-:')]),
    ]
    return [`## ${heading}`, '', ...head, ...lines].join('\n')
  })
  const signs = RELATIONS.map(
    (relation) => `- **${relationWords[relation][0]}** — ${relationWords[relation][1]}`,
  )
  const key = [...signs, '- **любой** — и без входа', '', 'Жирным набрано то, что меняет записи.'].join('\n')
  return `${[HEAD, key, ...tables, REST].join('\n\n')}`
}
