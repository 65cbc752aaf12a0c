/** Keys of one place in two layouts, in lower case and as they are with Shift. */
export const LATIN_KEYS = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~{}:"<>'
export const CYRILLIC_KEYS = 'ёйцукенгшщзхъфывапролджэячсмитьбюёхъжэбю'

/** Signs that stand in for letters, in each of the usual ways. */
export const LEET: readonly Readonly<Record<string, string>>[] = [
  { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's', '!': 'i' },
  { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 6: 'g', 7: 't', 9: 'g', '@': 'a', $: 's', '!': 'i' },
  {
    0: 'о',
    3: 'з',
    4: 'ч',
    6: 'б',
    '@': 'а',
    a: 'а',
    o: 'о',
    e: 'е',
    c: 'с',
    p: 'р',
    x: 'х',
    y: 'у',
    k: 'к',
  },
]

/** How Russian sounds are written in Latin letters, longest first. */
export const SOUNDS: readonly (readonly [string, string])[] = [
  ['shch', 'щ'],
  ['sch', 'щ'],
  ['sh', 'ш'],
  ['ch', 'ч'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['ts', 'ц'],
  ['yu', 'ю'],
  ['iu', 'ю'],
  ['ju', 'ю'],
  ['ya', 'я'],
  ['ia', 'я'],
  ['ja', 'я'],
  ['yo', 'е'],
  ['jo', 'е'],
  ...[...'abvgdezijklmnoprstufhcyqwx'].map(
    (latin, n) => [latin, [...'абвгдезийклмнопрстуфхцыквкс'][n] ?? ''] as const,
  ),
  ["'", 'ь'],
]

/** Words anybody would try first on this product. */
export const PRODUCT_WORDS = [
  'zhuravl',
  'журавль',
  'журавл',
  'zhuravel',
  'журнал',
  'zhurnal',
  'jurnal',
  'journal',
]

/** With «е» for «ё», as the lists are. */
export const withoutYo = (text: string): string => text.replaceAll('ё', 'е')
