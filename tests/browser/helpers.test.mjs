// The helpers themselves, tried on a stand-in for the program.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { barriers, hasNoBarriers } from './accessibility.mjs';
import { openWindow, startBrowser, startPanel } from './panel.mjs';

const standIn = `
  const page = '<!doctype html><html lang="en"><title>Panel</title><main><h1>My Apps</h1></main></html>';
  const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'" };
  const server = require('node:http').createServer((request, response) => response.writeHead(200, headers).end(page));
  server.listen(0, '127.0.0.1', () => console.log('Vestibule is at http://127.0.0.1:' + server.address().port));
`;

let panel;
let browser;
before(async () => {
  panel = await startPanel({ command: process.execPath, args: ['-e', standIn] });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await panel?.stop();
});

test('a window opens the address that the program prints', async () => {
  const page = await openWindow(browser, panel.address);
  await page.goto('/');
  assert.equal(await page.getByRole('heading').textContent(), 'My Apps');
  await hasNoBarriers(page);
});

test('a barrier is found in spite of a strict content security policy', async () => {
  const page = await openWindow(browser, panel.address, { phone: true });
  await page.goto('/');
  await page.evaluate(() => document.querySelector('main').append(document.createElement('button')));
  assert.match((await barriers(page)).join(), /button-name/);
});

test('a program that ends without an address says why', async () => {
  const args = ['-e', 'console.error("setting bind: in use"); process.exit(3)'];
  await assert.rejects(startPanel({ command: process.execPath, args }), /ended with 3[^]*setting bind: in use/);
});
