import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findPython } from './python.mjs';
import { ROOT } from './steps.mjs';

const CACHES = join(ROOT, '.tools');

/** What packages and consumers of each language are built with, and the caches of these tools, kept apart from those of the machine. */
export const TOOLCHAINS = {
  python: {
    needs: 'a Python 3.10 or newer with venv', // the packages that jsii makes ask for it
    exists: () => findPython(10) !== undefined,
    env: { PIP_CACHE_DIR: join(CACHES, 'pip'), PIP_DISABLE_PIP_VERSION_CHECK: '1' },
  },
  java: {
    needs: 'Java and Maven',
    exists: () => succeeds('javac -version') && succeeds('mvn -version'),
    env: { MAVEN_OPTS: `-Dmaven.repo.local=${join(CACHES, 'maven')}` },
  },
  go: {
    needs: 'Go',
    exists: () => succeeds('go version'),
    env: {
      GOMODCACHE: join(CACHES, 'go', 'mod'),
      GOCACHE: join(CACHES, 'go', 'build'),
      // go.mod is completed on the way, and the cache can be deleted like any folder
      GOFLAGS: '-mod=mod -modcacherw',
      GOSUMDB: 'off', // it does not know modules that are generated here
      GOTOOLCHAIN: 'local',
    },
  },
  dotnet: {
    needs: 'the .NET SDK',
    exists: () => succeeds('dotnet --version'),
    env: { DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' },
  },
};

function succeeds(line) {
  return spawnSync(line, { shell: true }).status === 0;
}
