import encodeQR from 'qr'
import styles from './qr-code.module.css'

// The white frame that a camera needs around the square, in modules.
const QUIET = 4

function darkModules(text: string): { size: number; path: string } {
  // On a screen nothing of it is ever smudged, so the least redundancy gives the largest squares.
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: QUIET })
  const squares = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
  return { size: rows.length, path: squares.join('') }
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
