// Asks axe about the page that is open.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const everything = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/**
 * What is wrong with the page, one line for each place. The engine is run from outside of the page, where the page's
 * own content security policy does not bind it; it needs a window with JavaScript. `only` names the rules to ask, when
 * not all of them.
 */
export async function barriers(page, only) {
  const rules = only ? { type: 'rule', values: only } : everything;
  await page.evaluate(source);
  const result = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), rules);
  return result.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html}`));
}

/** Fails with the list when there is a barrier on the page. */
export async function hasNoBarriers(page) {
  assert.deepEqual(await barriers(page), [], `barriers on ${page.url()}`);
}
