import type { FileReport } from '../faults.ts'

const DECLARED = /^<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']/i

/**
 * The text of a file of XML in the encoding it declares. Old exports of aSc declare none and are in windows-1251 when
 * they are not in UTF-8.
 */
export function decodeXml(bytes: Uint8Array, report: FileReport): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200)).replace(/^\u00ef\u00bb\u00bf/, '')
  const declared = DECLARED.exec(start)?.[1]
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
