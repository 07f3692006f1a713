/// <reference lib="dom" />
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { App, Duration, Stack, Stage, TimeZone } from 'aws-cdk-lib';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page } from 'playwright-core';
import { MaintenanceWindow, MaintenanceWindowCalendar, MaintenanceWindowSchedule } from '../../src';

const RANGE = { start: new Date('2027-03-08T00:00:00Z'), end: new Date('2027-04-04T22:00:00Z') };
const FOLDER = mkdtempSync(join(tmpdir(), 'calendar-page-'));
/** To be looked at after the test. */
const SCREENSHOTS = join(__dirname, '..', '.out', 'browser');
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let context: BrowserContext;
let page: Page;
let complaints: string[];
let requests: string[];

function calendar(): MaintenanceWindowCalendar {
  const app = new App();
  const window = (stage: string, id: string, schedule: MaintenanceWindowSchedule, cutoff: number) => {
    const stack = new Stack(new Stage(app, stage), 'Patching');
    return new MaintenanceWindow(stack, id, { schedule, duration: Duration.hours(6), cutoff: Duration.hours(cutoff) });
  };
  window('Dev', 'Weekly', MaintenanceWindowSchedule.cron({ hour: '3', weekDay: 'SUN', timeZone: TimeZone.EUROPE_BERLIN }), 1);
  window('Prod', 'Weekly', MaintenanceWindowSchedule.cron({ hour: '5', weekDay: 'SUN', timeZone: TimeZone.EUROPE_BERLIN }), 2);
  window('Test', 'Monthly', MaintenanceWindowSchedule.patchTuesday({ hour: '22', daysAfter: Duration.days(2), timeZone: TimeZone.EUROPE_BERLIN }), 0);
  return MaintenanceWindowCalendar.of(app);
}

beforeAll(async () => {
  writeFileSync(join(FOLDER, 'calendar.html'), calendar().toHtml(RANGE));
  mkdirSync(SCREENSHOTS, { recursive: true });
  context = await chromium.launchPersistentContext(join(FOLDER, 'profile'), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS,
  });
});

afterAll(async () => {
  await context?.close();
  rmSync(FOLDER, { recursive: true, force: true });
});

beforeEach(async () => {
  page = await context.newPage();
  complaints = [];
  requests = [];
  page.on('console', message => complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(error.message));
  page.on('request', request => requests.push(request.url()));
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(pathToFileURL(join(FOLDER, 'calendar.html')).href);
});

afterEach(async () => {
  await page.close();
});

/** Shades of what is behind and of what is written, from 0, black, to 255. */
function shades(): Promise<[background: number, text: number]> {
  return page.evaluate(() => {
    const shade = (color: string) => color.match(/\d+/g)!.slice(0, 3).map(Number).reduce((sum, part) => sum + part, 0) / 3;
    const { backgroundColor, color } = getComputedStyle(document.body);
    return [shade(backgroundColor), shade(color)] as [number, number];
  });
}

const screenshot = (name: string) => page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });

test('the page loads without a complaint and asks for nothing else', async () => {
  await screenshot('light');
  expect(complaints).toEqual([]);
  expect(requests.filter(url => !url.startsWith('data:'))).toEqual([page.url()]);
  expect(readdirSync(SCREENSHOTS)).toContain('light.png');
});

test('each week has a lane for each window, with bars where it is open', async () => {
  const weeks = page.locator('section');
  expect(await weeks.count()).toBe(4);
  expect(await weeks.first().locator('.lane .name').allTextContents()).toEqual(['Dev/Patching/Weekly', 'Prod/Patching/Weekly', 'Test/Patching/Monthly']);
  const [track, bar] = [await weeks.first().locator('.track').last().boundingBox(), await weeks.first().locator('.track').last().locator('.bar').boundingBox()];
  // Thursday 22:00 is 94 of 168 hours after Monday
  expect((bar!.x - track!.x) / track!.width).toBeCloseTo(94 / 168, 2);
  expect(bar!.width / track!.width).toBeCloseTo(6 / 168, 2);
});

test('the time in which tasks may start is a part of its bar', async () => {
  const bar = page.locator('.lane', { hasText: 'Prod/Patching/Weekly' }).first().locator('.bar');
  const [whole, run] = [await bar.boundingBox(), await bar.locator('b').boundingBox()];
  expect(run!.width / whole!.width).toBeCloseTo(4 / 6, 1);
});

test('openings that overlap are marked, in picture and table, the others are not', async () => {
  const marked = (path: string) => page.locator('.lane', { hasText: path }).locator('.bar.overlap').count();
  expect(await Promise.all(['Dev/', 'Prod/', 'Test/'].map(marked))).toEqual([4, 4, 0]);
  expect(await page.locator('tr.overlap').count()).toBe(8);
  expect(await page.locator('tr.overlap td:last-child').first().textContent()).toBe('Prod/Patching/Weekly');
});

test('the keyboard goes from bar to bar, and to the row of a bar', async () => {
  // GIVEN
  await page.keyboard.press('Tab');
  const label = () => page.evaluate(() => document.activeElement!.getAttribute('aria-label'));
  expect(await label()).toContain('Dev/Patching/Weekly: opens Sun 2027-03-14 03:00');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineWidth);

  // WHEN
  await page.keyboard.press('Tab');
  const second = await label();
  await page.keyboard.press('Enter');

  // THEN
  expect(outline).toBe('3px');
  expect(second).toContain('Prod/Patching/Weekly: opens Sun 2027-03-14 05:00');
  expect(await page.locator('tr:target th').textContent()).toBe('Prod/Patching/Weekly');
});

test('in dark mode the text is light on dark', async () => {
  const [paper, ink] = await shades();
  await page.emulateMedia({ colorScheme: 'dark' });
  const [night, text] = await shades();
  await screenshot('dark');
  expect([paper > 200, ink < 80, night < 60, text > 200]).toEqual([true, true, true, true]);
});

test('on a phone nothing goes beyond the edge', async () => {
  await page.setViewportSize({ width: 400, height: 800 });
  await screenshot('phone');
  const beyond = await page.evaluate(() => [...document.querySelectorAll('body *')]
    .filter(element => !element.closest('thead') && element.getBoundingClientRect().right > innerWidth + 1).map(element => element.className || element.tagName));
  expect(beyond).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
});
