// What people need who zoom in, use a keyboard alone, hear the page, or choose colours of their own (UX section 11).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, startPanel } from './panel.mjs';
import { enter } from './visit.mjs';

/** A window of 1280 by 1024 px at 400 %. */
const zoomedIn = { viewport: { width: 320, height: 256 } };

let panel;
let browser;
before(async () => {
  panel = await startPanel();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await panel?.stop();
});

/** What lies over the element that has the focus, if anything does. It runs in the page. */
function coveredBy() {
  const focused = document.activeElement;
  if (focused === document.body) return '';
  const box = focused.getBoundingClientRect();
  const inside = (low, high, room) => (Math.max(low, 0) + Math.min(high, room)) / 2;
  const top = document.elementFromPoint(inside(box.left, box.right, innerWidth), inside(box.top, box.bottom, innerHeight));
  return top?.closest('.actions') && !focused.closest('.actions') ? focused.outerHTML.slice(0, 120) : '';
}

test('the foot of Add members covers nothing that has the focus, zoomed in', async () => {
  const { page } = await enter(browser, panel, 'Ilse Bakker', { language: 'nl', ...zoomedIn });
  await page.goto('/apps/ledger/manage/add');
  await page.locator('#email').fill('een@partner.example, twee@partner.example, drie@partner.example');
  await page.locator('#email').press('Enter');
  await page.locator('#verdicts').waitFor();
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(coveredBy), '');
  }
  await page.context().close();
});

test('the account menu stays in the window, zoomed in', async () => {
  const { page, say } = await enter(browser, panel, 'Ilse Bakker', zoomedIn);
  await page.getByRole('button', { name: say('me-account', { name: 'Ilse Bakker' }) }).click();
  const box = await page.locator('#me-menu').boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= zoomedIn.viewport.height, JSON.stringify(box));
  await page.context().close();
});

test('a note that comes with the page is put there once more, to be read aloud', async () => {
  const { page, say } = await enter(browser, panel, 'Ilse Bakker');
  await page.addInitScript(() => {
    globalThis.heard = [];
    const hear = ({ target, addedNodes }) => {
      const region = target.closest?.('[role=status], [role=alert]');
      const words = [...addedNodes].filter((node) => !node.closest?.('[aria-hidden=true]'));
      if (region && document.readyState !== 'loading') globalThis.heard.push(...words.map((node) => node.textContent));
    };
    new MutationObserver((changes) => changes.forEach(hear)).observe(document, { childList: true, subtree: true });
  });
  await page.getByRole('button', { name: say('me-account', { name: 'Ilse Bakker' }) }).click();
  await page.getByRole('button', { name: say('me-sign-out') }).click();
  await page.waitForURL('**/sign-in');
  await page.waitForFunction((words) => globalThis.heard.includes(words), say('signed-out'));
  assert.equal(await page.getByRole('status').locator('[inert]').count(), 0, 'its silent twin is gone');
  await page.context().close();
});

test('a single key jumps to the search box only for those who asked for it', async () => {
  const { page, say } = await enter(browser, panel, 'Ilse Bakker');
  const has = () => page.evaluate(() => document.activeElement.type === 'search');
  await page.keyboard.press('/');
  assert.equal(await has(), false);
  await page.goto('/account');
  await page.getByRole('radiogroup', { name: say('account-search-key') }).getByLabel(say('yes')).check();
  await page.getByRole('button', { name: say('save'), exact: true }).click();
  await page.goto('/apps');
  await page.keyboard.press('/');
  assert.equal(await has(), true);
  await page.context().close();
});

test('a message that is too long stays whole, and says by how much', async () => {
  const { page, say } = await enter(browser, panel, 'Ilse Bakker');
  await page.goto('/apps/ledger/manage/add');
  const box = page.getByLabel(say('add-message'));
  await box.focus();
  await page.keyboard.insertText('x'.repeat(1100));
  assert.equal((await box.inputValue()).length, 1100);
  assert.equal(await page.locator('#message-left').textContent(), '-100');
  await page.context().close();
});

test('Search can be pressed wherever nothing is found while typing', async () => {
  const { page, say } = await enter(browser, panel, 'Ilse Bakker');
  const button = page.getByRole('button', { name: say('search'), exact: true });
  assert.equal(await button.count(), 0, 'tiles are narrowed while typing');
  await page.goto('/apps/ledger/manage');
  await button.waitFor();
  await page.context().close();
});

test('on a phone nothing is cut off without a hint', async () => {
  const { page } = await enter(browser, panel, 'Sanne de Vries', { phone: true });
  await page.goto('/admin/apps');
  const pills = await page.locator('.pills').evaluate((row) => [row.scrollWidth, row.clientWidth]);
  assert.ok(pills[0] <= pills[1], `filters wrap: ${pills}`);
  const shade = await page.locator('.table').evaluate((table) => getComputedStyle(table).backgroundImage);
  assert.match(shade, /gradient/, 'a table that goes on has a shade at its edge');
  await page.goto('/apps');
  const cut = await page.locator('.tile > a > span').evaluateAll((all) => all.map((one) => getComputedStyle(one).whiteSpace));
  assert.deepEqual([...new Set(cut)], ['normal'], 'descriptions wrap');
  await page.context().close();
});

test('the focus shows all around where tabs can be scrolled', async () => {
  const { page } = await enter(browser, panel, 'Jonas Weber');
  await page.goto('/groups');
  const tab = page.locator('.tabs a').first();
  await tab.focus();
  await page.keyboard.press('Shift');
  assert.equal(await tab.evaluate((link) => getComputedStyle(link).outlineOffset), '-2px');
  await page.context().close();
});

test('an open change of the audit leaves its row as wide as the window', async () => {
  const { page } = await enter(browser, panel, 'Sanne de Vries');
  await page.goto('/admin/audit');
  await page.locator('details').evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  const [wide, room] = await page.locator('.table').evaluate((table) => [table.scrollWidth, table.clientWidth]);
  assert.ok(wide <= room, `${wide} px in ${room} px`);
  await page.context().close();
});

test('what can be done about a row stands below its state, and takes no room from the others', async () => {
  const { page } = await enter(browser, panel, 'Ilse Bakker');
  await page.goto('/apps/ledger/manage');
  const row = page.locator('.people > li:has(> .act)').first();
  const [state, act] = [await row.locator('> .state').boundingBox(), await row.locator('> .act').boundingBox()];
  assert.ok(act.y >= state.y + state.height && act.x === state.x, JSON.stringify({ state, act }));
  await page.context().close();
});

test('what is current is told in forced colours, and paper is printed light', async () => {
  const { page } = await enter(browser, panel, 'Sanne de Vries', { colorScheme: 'dark' });
  await page.goto('/admin/apps');
  const ground = (selector) => page.locator(selector).first().evaluate((one) => getComputedStyle(one).backgroundColor);
  await page.emulateMedia({ forcedColors: 'active' });
  assert.notEqual(await ground('.pills a[aria-current]'), await ground('.pills a:not([aria-current])'));
  await page.emulateMedia({ forcedColors: 'none', media: 'print' });
  assert.equal(await page.locator('body').evaluate((body) => getComputedStyle(body).color), 'rgb(26, 32, 36)');
  await page.context().close();
});

test('muted words can be read while they are selected, in the dark too', async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await enter(browser, panel, 'Ilse Bakker', { colorScheme });
    const ratio = await page.evaluate(() => {
      const muted = document.createElement('p');
      muted.className = 'muted';
      document.body.append(muted);
      const light = (colour) => {
        const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255);
        const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
      };
      const [word, ground] = [getComputedStyle(muted).color, getComputedStyle(muted, '::selection').backgroundColor].map(light);
      return Math.max(word, ground) / Math.min(word, ground);
    });
    assert.ok(ratio >= 4.5, `${colorScheme}: ${ratio}`);
    await page.context().close();
  }
});
