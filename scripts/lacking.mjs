// What must be there before any command can work; each command asks first and says it in one line.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const OLDEST_NODE = [20, 19]

/** What is missing, in words with the remedy, or `null`. */
export function lacking(root) {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    return `Нужен Node.js ${OLDEST_NODE.join('.')} или новее, здесь ${process.versions.node}.`
  if (!existsSync(join(root, 'node_modules', 'esbuild', 'package.json')))
    return 'Пакеты не установлены. Выполните: npm ci'
  return null
}
