import qrcode from 'qrcode-generator'
import styles from './qr-code.module.css'

// On a screen nothing of it is ever smudged, so the least redundancy gives the largest squares.
// The white frame that a camera needs around the square, in modules.
const QUIET = 4

function darkModules(text: string): { size: number; path: string } {
  const code = qrcode(0, 'L')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  const squares: string[] = []
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      if (code.isDark(row, column)) squares.push(`M${column + QUIET} ${row + QUIET}h1v1h-1z`)
  return { size: size + 2 * QUIET, path: squares.join('') }
}

/** The square picture a phone reads, drawn here: the text goes to nobody. Black on white in every theme. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = darkModules(text)
  return (
    <svg className={styles.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} className={styles.light} />
      <path d={path} className={styles.dark} shapeRendering="crispEdges" />
    </svg>
  )
}
