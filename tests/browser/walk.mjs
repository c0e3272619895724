// Finds every page that a person can reach by links, one of each kind.

import assert from 'node:assert/strict';

/** What makes two addresses the same kind of page: the noun does not matter, the name of a parameter does. */
function kind(address) {
  const { pathname, searchParams } = new URL(address);
  const path = pathname
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}')
    .replace(/\/demo\/mail\/\d+/, '/demo/mail/{number}')
    .replace(/^\/(admin\/)?(apps|groups)\/(?!new\b)[^/]+/, '/$1$2/{slug}');
  const parameters = [...new Set(searchParams.keys())].sort();
  return parameters.includes('show') ? `${path}?show` : path;
}

/** Pages that differ by the state of what they show. Links to them are not told apart by `kind`. */
const states = ['/groups/projects-department', '/groups/site-managers', '/groups/tender-partners'];

/** Pages that are not there for anybody. */
const missing = ['/apps/no-such-app/open', '/no-such-page'];

/** Opens one page of each kind below My Apps, and hands it to `inspect`. Answers the kinds. No link leads nowhere. */
export async function walk(page, address, inspect) {
  const seen = new Set();
  const queue = ['/apps', ...states, ...missing].map((path) => address + path);
  // The groups of `states` are not there for those who have no part in them.
  const hidden = new Set([...states, ...missing].map((path) => address + path));
  for (const next of queue) {
    const what = states.includes(new URL(next).pathname) ? next : kind(next);
    if (seen.has(what)) continue;
    seen.add(what);
    const answer = await page.goto(next);
    const status = answer.status();
    assert.ok(status < 500 && (status !== 404 || hidden.has(next)), `${next} is answered with ${status}`);
    await inspect(page);
    const links = await page.$$eval('a[href]:not([target])', (all) => all.map((link) => link.href.split('#')[0]));
    queue.push(...links.filter((link) => link.startsWith(`${address}/`) && !/\/(open|html)$/.test(link)));
  }
  return [...seen];
}
