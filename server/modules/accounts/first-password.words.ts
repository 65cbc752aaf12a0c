/**
 * Words of first passwords in Latin letters, as logins are: short, told apart when read aloud, without the letters
 * that are typed in two ways. 128 of them, so that four with two digits are about 35 bits, for 72 hours and ten
 * attempts a quarter of an hour.
 */
export const FIRST_PASSWORD_WORDS = (
  'arbuz banan barsuk baza bereg beseda bobr bukva buket vagon vaza veter vishnya voda volna vorota gazon galka garmon ' +
  'gitara gnom gora gorod grach gruzd gusar dacha derevo dolina domra doroga drozd duga dub dunay elka zabor zavod ' +
  'zakat zamok zebra zerno zima zvon igra iva kabina kaktus kamin kanat karta kedr klen klever knopka koleso komar ' +
  'korabl kosmos krona kubok kurgan lampa lebed lenta lodka luna luzhok magnit malina mandarin marka mayak medved ' +
  'metro molot morkov most muravey nebo nitka noga nota oblako ogon okno olen orbita orkestr osina ostrov ' +
  'palma panda parus pero perron pesok pilot planeta pogoda polyana pomidor priroda ptica puma raduga raketa reka robot ' +
  'roman roza rubin ruchey sapog sever slon sobor sosna sova ' +
  'tigr topol trava tulpan tundra fakel flag fontan cvetok'
).split(' ')
