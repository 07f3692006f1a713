import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine, installed where that is allowed; undefined where there is none to be had. */
export function findChromium() {
  const found = [process.env.CHROMIUM ?? '', ...CANDIDATES].find(existsSync);
  if (found || !canInstall()) { return found; }
  console.log('installing Chromium');
  spawnSync('apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core', { shell: true, stdio: 'inherit' });
  return CANDIDATES.find(existsSync);
}

function canInstall() {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
}
