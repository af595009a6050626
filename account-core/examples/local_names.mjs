// Makes `names/<tag>.txt`: what countries and languages are called in a language, from Unicode's CLDR.
// `src/reference_data/README.md` says where to get it.
//
// `node examples/local_names.mjs CLDR_LOCALENAMES FOLDER` reads the unpacked npm package `cldr-localenames-full`, and
// `countries.txt`, `languages.txt` and `languages.rs` in the folder. Node.js sorts by the collation of each language, which is CLDR's too.

import { readFileSync, writeFileSync } from 'node:fs';

/** Those of the pages, those of the European Union, and others that many people read. */
const TAGS = [
  'ar', 'bg', 'ca', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'ga', 'he', 'hi', 'hr', 'hu', 'id', 'it',
  'ja', 'ko', 'lt', 'lv', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-PT', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'uk', 'vi',
  'zh', 'zh-Hant',
];

const [names, folder] = process.argv.slice(2);
const lines = (file) => readFileSync(`${folder}/${file}`, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
const countries = lines('countries.txt');
const languages = lines('languages.txt');
/** The regional languages that people choose from, as `languages.rs` has them. */
const regional = readFileSync(`${folder}/languages.rs`, 'utf8').match(/NAMED_REGIONAL[^=]*=\s*\[([^\]]*)\]/)[1].match(/[\w-]+/g);

for (const tag of TAGS) {
  const read = (file) => JSON.parse(readFileSync(`${names}/main/${tag}/${file}.json`)).main[tag].localeDisplayNames;
  const { territories } = read('territories');
  const known = read('languages').languages;
  const { scripts } = read('scripts');
  const { localePattern, localeSeparator } = read('localeDisplayNames').localeDisplayPattern;
  const filled = (pattern, ...parts) => pattern.replace(/\{(\d)\}/g, (_, at) => parts[at]);
  // In lists, names begin with a capital letter, whatever they do in sentences.
  const capital = (name) => {
    const [first] = name;
    return first.toLocaleUpperCase(tag) + name.slice(first.length);
  };
  const subtag = (part) => {
    const name = part.length === 4 ? scripts[part] ?? scripts[`${part}-alt-stand-alone`] : territories[part];
    return (name ?? part).replaceAll('(', '[').replaceAll(')', ']');
  };
  const languageName = (wanted, english) => {
    const [language, ...parts] = wanted.split('-');
    const name = known[language];
    if (name === undefined) {
      return english;
    }
    const all = parts.map(subtag);
    return all.length === 0 ? name : filled(localePattern, name.replaceAll('(', '[').replaceAll(')', ']'),
      all.reduce((first, next) => filled(localeSeparator, first, next)));
  };
  const { compare } = new Intl.Collator(tag);
  const section = (rows, name) => rows
    .map(([key, english]) => [key, capital(name(key, english))])
    .sort(([oneKey, one], [otherKey, other]) => compare(one, other) || (oneKey < otherKey ? -1 : 1))
    .map((row) => row.join('\t'));
  const isCommon = ([key]) => {
    const last = key.split('-').at(-1);
    return !key.includes('-') || last.length > 3 || regional.includes(key);
  };
  const all = [
    ...section(countries, (code, english) => territories[code] ?? english),
    ...section(languages.filter(isCommon), languageName),
  ];
  writeFileSync(`${folder}/names/${tag}.txt`, `${all.join('\n')}\n`);
}
