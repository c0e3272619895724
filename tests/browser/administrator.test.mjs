// The administrator sets up (J0): by hand, page by page, with the labels of the documentation, and in one go.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, startPanel } from './panel.mjs';
import { called, enter, ways } from './visit.mjs';

/** Where the apps of these journeys live. */
const elsewhere = 'https://desk.example';

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

/** Adds a custom app. Answers the address of its page. */
async function addApp({ page, say, look }, name) {
  await page.goto('/admin/apps');
  await look();
  await page.getByRole('link', { name: say('admin-app-new') }).click();
  await look();
  await page.getByRole('link', { name: say('admin-app-custom') }).click();
  await page.getByLabel(say('admin-app-name'), { exact: true }).fill(name);
  await page.getByLabel(say('admin-app-home-page')).fill(`${elsewhere}/`);
  await look();
  await page.getByRole('button', { name: say('admin-app-create') }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await look();
  return new URL(page.url()).pathname;
}

/** Which of the three prerequisites the app's page calls done. */
async function done({ page }, app) {
  await page.goto(app);
  return page.locator('.steps > li').evaluateAll((steps) => steps.map((step) => !step.matches('.warn, .now')));
}

for (const way of [ways[0], ways[2]]) {
  test(`an administrator sets an app up by hand, as the documentation says: ${called(way)}`, async () => {
    const window = await enter(browser, panel, 'Sanne de Vries', way);
    const { page, look } = window;
    const mark = way.phone ? 'two' : 'one';
    const [group, name] = [`Desk guests ${mark}`, `Desk ${mark}`];
    const app = await addApp(window, name);
    assert.deepEqual(await done(window, app), [true, false, false], 'the sample has the switch of the organisation on');

    // Enable self-service group management for your tenant.
    await page.goto('/admin/settings');
    const question = 'Owners can manage group membership requests in the Access Panel';
    await page.getByRole('radiogroup', { name: question }).getByText('Yes', { exact: true }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').waitFor();
    await look();

    // Create a group to assign to the app and make the user an owner.
    await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Groups' }).click();
    await look();
    await page.getByRole('link', { name: 'New group' }).click();
    await page.getByRole('radiogroup', { name: 'Group type' }).getByLabel('Security').check();
    await page.getByLabel('Group name').fill(group);
    await page.getByLabel('Group description').fill('Guests who work at the desk.');
    await page.getByRole('radiogroup', { name: 'Membership type' }).getByLabel('Assigned').check();
    await look();
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('status').filter({ hasText: group }).waitFor();
    await look();
    await page.goto('/admin/groups');
    await page.getByRole('link', { name: group }).click();
    await page.getByRole('navigation', { name: 'Manage' }).getByRole('link', { name: 'Owners' }).click();
    await page.getByRole('link', { name: 'Add owners' }).click();
    await select(window, 'Noor');
    await page.getByRole('button', { name: 'Select' }).click();
    await page.getByRole('status').waitFor();
    await look();

    // Configure the app for self-service and assign the group to the app.
    await page.goto('/admin/apps');
    await page.getByRole('searchbox', { name: 'Search apps' }).fill(name);
    await page.getByRole('searchbox', { name: 'Search apps' }).press('Enter');
    await page.getByRole('link', { name, exact: true }).click();
    await follow(window, 'Single sign-on');
    await page.getByLabel('Linked').check();
    await look();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').waitFor();
    await follow(window, 'Self-service');
    await look();
    const settings = page.getByRole('form', { name: 'Self-service access' });
    await settings.getByRole('radiogroup', { name: /Owners manage who has access/ }).getByText('Yes', { exact: true }).click();
    await settings.getByLabel('To which group should assigned users be added?').selectOption({ label: group });
    await settings.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').waitFor();
    await look();
    assert.deepEqual(await done(window, app), [true, true, false]);
    for (const [search, label] of [[group, group], ['Noor', 'Noor']]) {
      await follow(window, 'Users and groups');
      await page.getByRole('link', { name: 'Add user' }).first().click();
      await select(window, search, label);
      await page.getByRole('button', { name: 'Assign' }).click();
      await page.getByRole('status').waitFor();
      await look();
    }
    await page.getByRole('link', { name: group, exact: true }).waitFor();
    assert.deepEqual(await done(window, app), [true, true, true]);
    await page.getByRole('heading', { name: 'Owners can invite', exact: true }).waitFor();
    await look();
    await page.context().close();
    await isManagedBy('Noor van Dijk', name);
  });
}

/** Follows a tab of the app. */
async function follow({ page }, tab) {
  await page.getByRole('navigation', { name: 'Manage' }).getByRole('link', { name: tab, exact: true }).click();
}

/** Searches, then selects what is found. */
async function select({ page, look }, search, label = search) {
  await page.getByRole('searchbox').fill(search);
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('checkbox', { name: label }).check();
  await look();
}

/** The owner has the app, with "Manage app", and it opens outside of the panel. */
async function isManagedBy(person, name) {
  const { page, say, allow, look } = await enter(browser, panel, person);
  await page.getByRole('button', { name: say('more-for', { name }) }).click();
  await page.getByRole('link', { name: 'Manage app' }).click();
  await page.getByRole('link', { name: 'Add members' }).first().waitFor();
  await look();
  allow(elsewhere);
  await page.route(`${elsewhere}/**`, (route) => route.fulfill({
    contentType: 'text/html',
    body: '<!doctype html><html lang="en"><title>Desk</title><link rel="icon" href="data:,"><h1>Desk</h1></html>',
  }));
  await page.getByRole('link', { name: say('people-open', { app: name }) }).click();
  await page.waitForURL(`${elsewhere}/`);
  await page.context().close();
}

for (const way of [ways[1], ways[3]]) {
  test(`an administrator sets an app up in one go: ${called(way)}`, async () => {
    const window = await enter(browser, panel, 'Sanne de Vries', way);
    const { page, say, look } = window;
    const name = way.phone ? 'Kassa op de telefoon' : 'Kassa';
    const app = await addApp(window, name);
    await page.goto(`${app}/self-service`);
    await look();
    const form = page.getByRole('form', { name: say('admin-app-set-up') });
    await form.getByLabel(say('admin-app-set-up-find')).fill('Jonas');
    await form.getByLabel(say('admin-app-set-up-find')).press('Enter');
    await form.getByRole('radio', { name: 'Jonas Weber' }).check();
    await look();
    await form.getByRole('button', { name: say('admin-app-set-up') }).click();
    await page.getByText(say('admin-app-set-up-done')).waitFor();
    await look();
    assert.deepEqual(await done(window, app), [true, true, true]);
    await look();
    await page.context().close();
    await isManagedBy('Jonas Weber', name);
  });
}
