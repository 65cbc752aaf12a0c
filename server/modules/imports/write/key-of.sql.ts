/** The key under which imports know a record, or null where somebody made it by hand. */
export const keyOf = (kind: string, id: string, as = 'key'): string =>
  `(select min(natural_key) from import_key k where k.organization_id = $1 and k.kind = '${kind}' and k.record_id = ${id}) as ${as}`
