// Owners invite guests: to an app (J1), to a group (J2), with a mouse, a finger, and a keyboard alone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, startPanel } from './panel.mjs';
import { called, enter, mailTo, ways } from './visit.mjs';

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

/** Add members, from the page of the people on: the address, a message, Add. */
async function invite({ page, say, look }, address, message, target) {
  await page.getByRole('link', { name: say('people-add') }).first().click();
  await page.getByRole('heading', { level: 1, name: say('add-title', { name: target }) }).waitFor();
  await look();
  await page.locator('#email').fill(address);
  await page.locator('#email').press('Enter');
  await page.locator('#verdicts').getByText(say('verdict-new-guest')).waitFor();
  await page.getByLabel(say('add-message')).fill(message);
  await look();
  await page.getByRole('button', { name: say('add-button', { count: 1 }) }).click();
}

/** The guest is listed as invited, and the mail carries the message and one link. */
async function isInvited({ page, say, look }, address, message) {
  const row = page.getByRole('listitem').filter({ hasText: address });
  await row.getByText(say('state-invited'), { exact: true }).waitFor();
  await look();
  const mail = await mailTo(page, address);
  assert.match(mail.text, new RegExp(message.replace(/[.]/g, '\\.')));
  assert.equal(mail.links.length, 1, mail.text);
}

ways.forEach((way, number) => {
  test(`an owner invites a guest to an app: ${called(way)}`, async () => {
    const window = await enter(browser, panel, 'Ilse Bakker', way);
    const { page, say, look } = window;
    const [address, message] = [`app${number}@partner.example`, `The books are open, number ${number}.`];
    await look();
    await page.getByRole('button', { name: say('more-for', { name: 'Ledger' }) }).click();
    const manage = page.getByRole('link', { name: say('apps-manage'), exact: true });
    assert.ok(await manage.isVisible(), 'the menu is open');
    await look();
    await manage.click();
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
    await look();
    await invite(window, address, message, 'Ledger');
    await isInvited(window, address, message);
    await page.context().close();
  });

  test(`an owner invites a guest to a group: ${called(way)}`, async () => {
    const window = await enter(browser, panel, 'Jonas Weber', way);
    const { page, say, look } = window;
    const [address, message] = [`group${number}@partner.example`, `Revision C is the right one, number ${number}.`];
    await page.getByRole('navigation', { name: say('nav-main') }).getByRole('link', { name: say('nav-groups') }).click();
    await page.getByRole('link', { name: say('groups-i-own') }).first().waitFor();
    await look();
    await page.getByRole('link', { name: 'External architects' }).click();
    await page.getByRole('heading', { level: 1, name: 'External architects' }).waitFor();
    await look();
    await invite(window, address, message, 'External architects');
    await isInvited(window, address, message);
    await page.context().close();
  });
});

/** Presses Tab until the thing with this name has the focus, and insists that the focus can be seen at each stop. */
async function tabTo(page, role, name) {
  const wanted = page.getByRole(role, { name }).first();
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(focusShows), `the focus shows on ${await focused(page)}`);
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`Tab does not reach ${name}`);
}

/** Whether the element that has the focus, or what holds it, is outlined. It runs in the page. */
function focusShows() {
  const outlined = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  };
  const focused = document.activeElement;
  if (focused.tagName === 'IFRAME' || focused === document.body) return true;
  return [focused, focused.parentElement, focused.parentElement?.parentElement].some((one) => one && outlined(one));
}

function focused(page) {
  return page.evaluate(() => document.activeElement.outerHTML.slice(0, 120));
}

test('an owner invites a guest with the keyboard alone', async () => {
  const { page, say, look } = await enter(browser, panel, 'Ilse Bakker');
  const address = 'keyboard@partner.example';

  // The menu opens by Enter, and Escape gives the focus back.
  const more = page.getByRole('button', { name: say('more-for', { name: 'Ledger' }) });
  await tabTo(page, 'button', say('more-for', { name: 'Ledger' }));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Manage app' }).waitFor();
  await page.keyboard.press('Escape');
  assert.ok(await more.evaluate((button) => button === document.activeElement), 'Escape returns the focus');
  await page.keyboard.press('Enter');
  await tabTo(page, 'link', 'Manage app');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/manage');

  await tabTo(page, 'link', 'Add members');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/add');
  await look();

  // The question has the focus from the start. Enter there searches and never sends.
  assert.equal(await page.evaluate(() => document.activeElement.id), 'email');
  await page.keyboard.type(address);
  await page.keyboard.press('Enter');
  await page.getByText('New guest · gets the invitation by e-mail').waitFor();
  assert.ok(page.url().includes('/add'), 'the sheet is still open');
  assert.equal(await page.getByText('Invitation sent').count(), 0);
  await tabTo(page, 'textbox', /Welcome message/);
  await page.keyboard.type('From the keyboard.');
  await tabTo(page, 'button', 'Add 1 person');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Invitation sent' }).waitFor();
  await look();
  assert.match((await mailTo(page, address)).text, /From the keyboard\./);
  await page.context().close();
});

test('the preview of Add members follows the language and the message', async () => {
  const { page, say } = await enter(browser, panel, 'Ilse Bakker');
  await page.goto('/apps/ledger/manage/add');
  const preview = page.frameLocator('iframe[name=preview]');
  const steps = await page.evaluate(() => history.length);
  await page.getByLabel(say('add-language')).selectOption('nl');
  await preview.getByText(/nodigt je uit/).first().waitFor();
  await page.getByLabel(say('add-message')).fill('The books are open.');
  await page.locator('#email').focus();
  await preview.getByText('The books are open.').first().waitFor();
  assert.equal(await page.evaluate(() => history.length), steps, 'the way back leads out of Add members at once');
  await page.context().close();
});

test('Escape leaves Add members unless something is being typed, and nothing behind it can be reached', async () => {
  const { page, say } = await enter(browser, panel, 'Ilse Bakker');
  await page.goto('/apps/ledger/manage/add');
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    const behind = await page.evaluate(() => Boolean(document.activeElement.closest('main, header.top')));
    assert.ok(!behind, await focused(page));
  }
  await page.getByLabel(say('add-message')).fill('Half a sentence');
  const isLeft = async (how) => {
    const away = { predicate: (frame) => frame === page.mainFrame(), timeout: 500 };
    const left = page.waitForEvent('framenavigated', away).then(() => true, () => false);
    await how();
    return left;
  };
  assert.equal(await isLeft(() => page.keyboard.press('Escape')), false, 'what is being typed stays');
  await page.getByRole('link', { name: say('close') }).focus();
  assert.equal(await isLeft(() => page.keyboard.press('Escape')), false, 'and what is typed');
  assert.equal(await isLeft(() => page.mouse.click(5, 400)), false, 'beside the sheet, too');
  await page.getByLabel(say('add-message')).fill('');
  await page.getByRole('link', { name: say('close') }).focus();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/apps/ledger/manage');
  await page.goto('/apps/ledger/manage/add');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'email');
  await page.keyboard.press('Escape');
  await page.waitForURL('**/apps/ledger/manage');
  await page.context().close();
});

test('Enter in the search of Add members searches and never sends, without JavaScript too', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await enter(browser, panel, 'Ilse Bakker', { javaScriptEnabled });
    await page.goto('/apps/ledger/manage/add');
    await page.locator('#email').fill('twice@partner.example');
    await page.locator('#email').press('Enter');
    await page.locator('#verdicts').waitFor();
    await page.locator('#email').press('Enter');
    await page.locator('#verdicts').waitFor();
    await page.goto('/apps/ledger/manage');
    assert.equal(await page.getByText('twice@partner.example').count(), 0);
    await page.context().close();
  }
});
