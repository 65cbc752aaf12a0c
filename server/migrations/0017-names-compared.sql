-- Names are compared and searched by a key: capitals, «ё», look-alike Latin letters, apostrophes, dashes, brackets and
-- decomposed letters do not count. The same as `nameKey` of domain/people/name-key.ts, by table and not by lower():
-- what lower() does to Cyrillic letters depends on the locale a database was made with.
create function name_key(p_text text) returns text language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp as $$
  select btrim(regexp_replace(translate(normalize(p_text, NFC),
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcehkmoptxyÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞàáâãäåçèéêëìíîïñòóôõöù'
    || 'úûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦĨĩĪīĬĭĮįİĲĴĵĶķĹĺĻļĽľĿŁŃńŅņŇňŊŌōŎŏŐőŒŔŕŖŗŘřŚśŜŝŞ'
    || 'şŠšŢţŤťŦŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѐёѕіјѝѠѢѤѦѨ'
    || 'ѪѬѮѰѲѴѶѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӁӃӅӇӉӋӍӐӒӔӖӘӚӜӞӠӢӤӦӨӪӬӮӰӲӴӶӸӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤ'
    || 'ԦԨԪԬԮ'
    || U&'\0009\000a\000b\000c\000d !"#$%&()*+,-./:;<=>?@[\\]^_{|}~\00a0\00a7\00ab\00b0\00b7\00bb\1680\2000\2001\2002\2003\2004\2005\2006\2007\2008\2009\200a\2010\2011\2012\2013\2014\2015\2016\2017\201a\201c\201d\201e\201f\2022\2026\2028\2029\202f\2039\203a\205f\2116\2212\3000\fe58\fe63\ff0d'
    || U&'''`\00ad\00b4\02b9\02bb\02bc\02c8\2018\2019\201b\2032\200b\200c\200d\200e\200f\2060\feff\0300\0301\0302\0303\0304\0306\0307\0308\030a\030b\030c\0327\0328',
    'авсdеfgнijкlмnорqrsтuvwхуzавсенкмортхуааааааæсееееiiiiðnоооооøuuuuуþаааааасееееiiiinоооооu'
    || 'uuuууаааааассссссссddđееееееееееggggggggннħiiiiiiiiiĳjjккllllllŀłnnnnnnŋооооооœrrrrrrsssss'
    || 'sssттттŧuuuuuuuuuuuuwwуууzzzzzzееђѓєsiїjљњћќиўџабвгдежзийклмнопрстуфхцчшщъыьэюяееsijиѡѣѥѧѩ'
    || 'ѫѭѯѱѳѵѷѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӂӄӆӈӊӌӎӑӓӕӗәӛӝӟӡӣӥӧөӫӭӯӱӳӵӷӹӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥ'
    || 'ԧԩԫԭԯ'
    || repeat(' ', 81)),
    ' +', ' ', 'g'))
$$;

-- Whether each word of a search stands in a key: a short one where a word begins, one of three letters anywhere.
create function name_found(p_key text, p_words text[]) returns boolean language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp as $$
  select not exists (select from unnest(p_words) as word where case when length(word) < 3
    then strpos(' ' || p_key, ' ' || word) = 0 else strpos(p_key, word) = 0 end)
$$;

-- Names with numbers as people count them: «1 доп.», «5А», «10А». To be sorted code by code (collate "C").
create function natural_key(p_text text) returns text language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp as $$
  select regexp_replace(regexp_replace(public.name_key(p_text), '[0-9]+', '00000000\&', 'g'),
    '[0-9]*([0-9]{8})(?![0-9])', '\1', 'g') collate "C"
$$;

alter table person add name_key text not null
  generated always as (name_key(last_name || ' ' || first_name || ' ' || coalesce(middle_name, ''))) stored;
