/**
 * What the name of a subgroup or club adds to the subject beside it: «гр. 1» of «5А, гр. 1», nothing of a club
 * named as its subject; null when it adds nothing.
 */
export function groupText(subject: string, group: string | null, className: string | null): string | null {
  const known = [subject, className].find((name) => name && group?.startsWith(name))
  const rest = (known ? group?.slice(known.length) : group)?.replace(/^[\s,·—-]+/, '')
  return rest || null
}
