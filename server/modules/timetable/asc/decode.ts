import type { FileReport } from '../faults.ts'

const DECLARED = /^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i

/** The encoding that the first bytes of a file mark, whatever it declares; `null` without a mark. */
function markedAs(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

/** The text of a file in UTF-8, or in UTF-16 where its first bytes say so; what is neither is read as well as can be. */
export function textByMark(bytes: Uint8Array): string {
  return new TextDecoder(markedAs(bytes) ?? 'utf-8').decode(bytes)
}

/**
 * The text of a file of XML in the encoding that its first bytes mark or it declares. Old exports of aSc declare none and are in windows-1251 when
 * they are not in UTF-8.
 */
export function decodeXml(bytes: Uint8Array, report: FileReport): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).replace(/^\u00ef\u00bb\u00bf/, '')
  const declared = markedAs(bytes) ?? DECLARED.exec(start)?.[1]
  const decoder = decoderOf(declared ?? 'utf-8')
  if (!decoder) {
    report.fault(1, 'encoding-unknown', declared ?? null)
    return null
  }
  const text = decoded(decoder, bytes) ?? (declared ? null : decoded(new TextDecoder('windows-1251'), bytes))
  if (text === null) report.fault(1, 'encoding-broken', declared ?? null)
  return text
}

function decoderOf(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    return null
  }
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
