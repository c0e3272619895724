// The words of the product, from its own catalogue, so that a journey reads the same in every language.

import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../locales/', import.meta.url);

/** Every message of a language: a text, or for a plural its variants by name. */
export function catalogue(language) {
  const messages = new Map();
  for (const file of readdirSync(new URL(`${language}/`, folder))) {
    const source = readFileSync(new URL(`${language}/${file}`, folder), 'utf8');
    for (const [, key, text] of source.matchAll(/^([a-z][\w-]*) =(.*(?:\n[ }].*)*)/gm)) {
      messages.set(key, text.includes('->') ? plural(text) : text.trim());
    }
  }
  return messages;
}

function plural(text) {
  return new Map([...text.matchAll(/^ *\*?\[(\w+)\] (.*)$/gm)].map(([, name, variant]) => [name, variant]));
}

/** `say(key, facts)` in a language; `facts.count` chooses the variant of a plural. */
export function words(language) {
  const messages = catalogue(language);
  return (key, facts = {}) => {
    const message = messages.get(key);
    if (message === undefined) throw new Error(`the catalogue ${language} has no ${key}`);
    const { count } = facts;
    const text = message instanceof Map
      ? message.get(String(count)) ?? message.get(count === 1 ? 'one' : 'other')
      : message;
    return text.replace(/\{ \$(\w+) \}/g, (_, name) => facts[name]);
  };
}
