// What interface text may not say of a person: a guess of the sex, or another word for a child of the centre.

const verbs =
  'отсутствова болел заболел опозда присутствова прибы убы бы прове заменя замени сдела внес внёс вноси записа ' +
  'заполни отмети постави пропусти прише приш уше уш входи воше вош выше выш прочита приня забы успе откры закры ' +
  'измени исправи удали добави получи сда реши разреши выда вве подтверди отклони написа увиде'
const PAST = verbs
  .split(' ')
  .map((stem) => stem.replace(/[её]?л?$/, ''))
  .filter((stem) => stem.length > 1)
  .join('|')
const SAYS_SEX = [
  // «Сделал(а)», «согласен(на)»: a guess written twice is still a form that does not know whom it speaks to.
  /[а-яё]\((?:а|ась|ла|на|ся)\)/gu,
  new RegExp(`(?<![а-яё-])(?:${PAST})(?:е|ё)?ла?(?![а-яё])`, 'giu'),
  /(?<![а-яё-])(?:освобожд[её]н|допущен|перевед[её]н|отчислен|назначен|уверен|согласен|готов|обязан)а?(?![а-яё])/giu,
]
// Each is about a thing, or a word whose gender says nothing of a sex: «ребёнок», «человек», «кто».
const ABOUT_NO_SEX = [
  /(?:ребёнок|человек|кто|никто|который|учебник|сеанс|вход|срок|урок|список|запрос|файл|пароль|журнал|запись|отметка)[^.!?;:«»\n]{0,40}$/iu,
  /^[^.!?;:«»\n]{0,24}(?:человек|администратор)(?![а-яё])/iu,
]
const OTHER_CHILD =
  /(?<![а-яё])(?:ученик|учениц|учащ(?:ий|ая|ие)ся|учащихся|учащимся|обучающ|школьни[кц])[а-яё]*/giu

const withoutComments = (text) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\s\/\/ .*$/gm, '')

/** What a source says of people that interface text may not say. */
export function personalWords(source) {
  const text = withoutComments(source)
  const sex = SAYS_SEX.flatMap((pattern) => [...text.matchAll(pattern)]).filter(
    ({ 0: word, index }) =>
      !ABOUT_NO_SEX[0].test(text.slice(Math.max(0, index - 80), index)) &&
      !ABOUT_NO_SEX[1].test(text.slice(index + word.length, index + word.length + 40)),
  )
  const named = (rule, list) => list.map(({ 0: word, index }) => ({ rule, found: around(text, index, word) }))
  return [
    ...named('guesses the sex of a person', sex),
    ...named('the child is «воспитанник»', [...text.matchAll(OTHER_CHILD)]),
  ]
}

const around = (text, index, word) =>
  text.slice(Math.max(0, index - 20), index + word.length + 20).replace(/\s+/g, ' ')
