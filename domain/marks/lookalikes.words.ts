/** Russian letters that Latin ones, small as well as capital, are taken for. */
export const lookalikes: Record<string, string> = {
  a: 'а',
  b: 'в',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  c: 'с',
  t: 'т',
  y: 'у',
  x: 'х',
}
