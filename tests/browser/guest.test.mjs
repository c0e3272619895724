// Guests redeem an invitation (J3), come back by the app's direct link, and meet the dead ends.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, startPanel } from './panel.mjs';
import { called, enter, mailTo, visit, ways } from './visit.mjs';

/** Where the app of these journeys lives: outside of the panel, as apps do. Nothing is ever asked there. */
const elsewhere = 'https://audit.example';

let panel;
let browser;
before(async () => {
  panel = await startPanel();
  browser = await startBrowser();
  await moveAuditFile();
});
after(async () => {
  await browser?.close();
  await panel?.stop();
});

/** The administrator gives the sample's app "Audit file" a home page outside of the panel. */
async function moveAuditFile() {
  const { page } = await enter(browser, panel, 'Sanne de Vries');
  await page.goto('/admin/apps/audit-file/properties');
  await page.getByLabel('Home page URL').fill(`${elsewhere}/home`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('status').waitFor();
  await page.context().close();
}

/** Ilse invites an address to the app, with the mail in a language. Answers the mail. */
async function invited(address, message, { language = 'en' } = {}) {
  const { page } = await enter(browser, panel, 'Ilse Bakker');
  await page.goto('/apps/audit-file/manage/add');
  await page.locator('#email').fill(address);
  await page.locator('#email').press('Enter');
  await page.locator('#verdicts').waitFor();
  await page.getByLabel('Welcome message').fill(message);
  await page.getByLabel('Language of the mail').selectOption(language);
  await page.getByRole('button', { name: 'Add 1 person' }).click();
  await page.getByRole('status').filter({ hasText: 'Invitation sent' }).waitFor();
  const mail = await mailTo(page, address);
  await page.context().close();
  return mail;
}

/** A guest's window, in which the app answers in place of the real one. */
async function guest(way) {
  const window = await visit(browser, panel, way);
  window.allow(elsewhere);
  await window.page.context().route(`${elsewhere}/**`, (route) => route.fulfill({
    contentType: 'text/html',
    body: '<!doctype html><html lang="en"><title>Audit file</title><link rel="icon" href="data:,"><h1>Audit file</h1></html>',
  }));
  return window;
}

/** From page 1 to the app: the code, then Accept. */
async function accept({ page, say, look }, address, name) {
  await page.getByRole('button', { name: say('mail-me-a-code') }).click();
  await page.getByLabel(say('code'), { exact: true }).waitFor();
  await look();
  const { code } = await mailTo(page, address, say('mail-code-subject', { organisation: 'Meridiaan' }));
  assert.match(code, /^\d{6}$/);
  await page.getByLabel(say('code'), { exact: true }).fill(code);
  await page.getByLabel(say('redeem-name')).fill(name);
  await page.getByRole('button', { name: say('redeem-accept'), exact: true }).click();
  await page.waitForURL(`${elsewhere}/home`);
}

ways.forEach((way, number) => {
  test(`a guest redeems the link of the mail: ${called(way)}`, async () => {
    const address = `redeem${number}@partner.example`;
    const { links: [link] } = await invited(address, 'The file for the year-end is ready.', way);
    const window = await guest(way);
    const { page, say, look } = window;

    await page.goto(link);
    const heading = say('redeem-heading-app', { name: 'Ilse Bakker', organisation: 'Meridiaan', target: 'Audit file' });
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.getByText('The file for the year-end is ready.').waitFor();
    assert.ok(!(await page.locator('body').innerText()).includes(address), 'the invited address is masked');
    await look();
    await accept(window, address, `Guest ${number}`);

    // From now on the app is on the guest's own My Apps.
    await page.goto('/apps');
    await page.getByRole('link', { name: 'Audit file' }).waitFor();
    await look();

    // The link worked once, for this guest and for anybody else.
    await page.goto(link);
    await page.getByRole('heading', { level: 1, name: say('dead-yours-title') }).waitFor();
    await look();
    const stranger = await guest(way);
    await stranger.page.goto(link);
    await stranger.page.getByRole('heading', { level: 1, name: say('dead-accepted-title') }).waitFor();
    const text = await stranger.page.locator('main').innerText();
    for (const secret of [address, 'Ilse', 'Audit file']) assert.ok(!text.includes(secret), secret);
    await stranger.look();
    await stranger.page.context().close();
    await page.context().close();
  });

  test(`the direct link before redemption leads to the same flow: ${called(way)}`, async () => {
    const address = `direct${number}@partner.example`;
    await invited(address, '', way);
    const window = await guest(way);
    const { page, say, look } = window;

    await page.goto('/apps/audit-file/open');
    await page.waitForURL('**/sign-in?next=*');
    await page.getByLabel(say('sign-in-address')).fill(address);
    await page.getByRole('button', { name: say('continue') }).click();
    await look();
    await page.getByRole('button', { name: say('mail-me-a-code') }).click();
    await look();
    const subject = say('mail-code-subject', { organisation: 'Meridiaan' });
    const { code } = await mailTo(page, address, subject);
    await page.getByLabel(say('code'), { exact: true }).fill(code);
    await page.getByRole('button', { name: say('sign-in'), exact: true }).click();
    await page.waitForURL('**/invitations/*');
    await look();
    // The mailbox is proven already, so Accept is all that is left.
    await page.getByRole('button', { name: say('redeem-accept'), exact: true }).click();
    await page.waitForURL(`${elsewhere}/home`);
    await page.context().close();
  });
});

test('a guest declines, and the link says so', async () => {
  for (const way of ways.slice(0, 2)) {
    const address = `decline-${way.language}@partner.example`;
    const { links: [link] } = await invited(address, '', way);
    const { page, say, look } = await guest(way);
    await page.goto(link);
    await page.getByRole('link', { name: say('redeem-decline') }).click();
    await look();
    await page.getByLabel(say('redeem-decline-reason')).fill('I do not know the sender.');
    await page.getByRole('button', { name: say('redeem-decline-button'), exact: true }).click();
    await page.getByRole('heading', { level: 1, name: say('dead-declined-title') }).waitFor();
    await look();
    await page.goto(link);
    await page.getByRole('heading', { level: 1, name: say('dead-declined-title') }).waitFor();
    await page.context().close();
  }
});

test('a wrong code says how many tries are left and keeps the name that was typed', async () => {
  const { links: [link] } = await invited('wrong@partner.example', '');
  const { page, say, look } = await guest();
  await page.goto(link);
  await page.getByRole('button', { name: say('mail-me-a-code') }).click();
  await page.getByLabel('Code from the mail').fill('000000');
  await page.getByLabel('Your name').fill('Wilma Wrong');
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await page.getByRole('alert').getByText('4 tries left').waitFor();
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Wilma Wrong');
  await look();
  await page.context().close();
});

test('a link that was taken back, replaced or cut off opens a page that helps', async () => {
  const { links: [link] } = await invited('replaced@partner.example', '');
  const owner = await enter(browser, panel, 'Ilse Bakker');
  const row = owner.page.getByRole('listitem').filter({ hasText: 'replaced@partner.example' });
  await owner.page.goto('/apps/audit-file/manage');
  await row.getByRole('button', { name: owner.say('more-for', { name: 'replaced@partner.example' }) }).click();
  await row.getByRole('button', { name: 'Send again' }).click();
  await owner.page.getByRole('status').filter({ hasText: 'sent again' }).waitFor();

  const { page, say, look } = await guest();
  await page.goto(link);
  await page.getByRole('heading', { name: say('dead-superseded-title') }).waitFor();
  await look();
  await page.goto(`${link}x`);
  await page.getByRole('heading', { name: say('dead-unknown-title') }).waitFor();
  await look();

  const { links: [newest] } = await mailTo(page, 'replaced@partner.example');
  assert.notEqual(newest, link);
  await row.getByRole('button', { name: owner.say('more-for', { name: 'replaced@partner.example' }) }).click();
  await row.getByRole('link', { name: 'Take it back' }).click();
  await owner.look();
  await owner.page.locator('form.card button.danger, form button.danger').first().click();
  await owner.page.getByRole('status').filter({ hasText: 'taken back' }).waitFor();
  await page.goto(newest);
  await page.getByRole('heading', { name: say('dead-revoked-title') }).waitFor();
  await look();
  await owner.page.context().close();
  await page.context().close();
});

test('somebody who is signed in as another person is told both addresses and can switch', async () => {
  const { links: [link] } = await invited('other@partner.example', '');
  const { page, say, look } = await enter(browser, panel, 'Noor van Dijk');
  await page.goto(link);
  await page.getByText(say('redeem-somebody-else')).waitFor();
  await page.getByText('noor.vandijk@meridiaan.example').waitFor();
  await look();
  await page.getByRole('button', { name: 'Continue as' }).click();
  await page.getByRole('button', { name: say('mail-me-a-code') }).waitFor();
  await look();
  await page.context().close();
});
