/**
 * Letters that are one letter to whoever compares names, and what each counts as: capitals as small, «ё» as «е»,
 * letters with marks as bare ones, Latin letters as the Cyrillic ones they look like. The database has the same
 * two lists (`name_key` in the migrations), and a test compares them.
 */
export const LETTERS =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcehkmoptxyÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞàáâã' +
  'äåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦĨĩĪīĬĭĮįİĲĴ' +
  'ĵĶķĹĺĻļĽľĿŁŃńŅņŇňŊŌōŎŏŐőŒŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŦŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžЀЁЂЃЄ' +
  'ЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѐёѕіјѝѠѢѤѦѨѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔ' +
  'ҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤ' +
  'ԦԨԪԬԮ'

/** What the letter at the same place of `LETTERS` counts as. */
export const COUNT_AS =
  'авсdеfgнijкlмnорqrsтuvwхуzавсенкмортхуааааааæсееееiiiiðnоооооøuuuuуþаааа' +
  'аасееееiiiinоооооuuuuууаааааассссссссddđееееееееееggggggggннħiiiiiiiiiĳj' +
  'jккllllllŀłnnnnnnŋооооооœrrrrrrssssssssттттŧuuuuuuuuuuuuwwуууzzzzzzееђѓє' +
  'siїjљњћќиўџабвгдежзийклмнопрстуфхцчшщъыьэюяееsijиѡѣѥѧѩѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕ' +
  'җҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥ' +
  'ԧԩԫԭԯ'

/** Signs that part words of a name: what stands on keys, quotes, dashes, every kind of space. */
export const PARTING =
  '\t\n\v\f\r !"#$%&()*+,-./:;<=>?@[\\]^_{|}~' +
  '\u00a0\u00a7\u00ab\u00b0\u00b7\u00bb\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a' +
  '\u2010\u2011\u2012\u2013\u2014\u2015\u2016\u2017\u201a\u201c\u201d\u201e\u201f\u2022\u2026\u2028\u2029\u202f' +
  '\u2039\u203a\u205f\u2116\u2212\u3000\ufe58\ufe63\uff0d'

/** Signs within a word that many leave out: apostrophes, marks of stress, soft hyphens, zero-width marks. */
export const DROPPED =
  "'`\u00ad\u00b4\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201b\u2032\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" +
  '\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328'
