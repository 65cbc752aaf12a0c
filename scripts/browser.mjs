// The browser of the journeys: Debian's Chromium, or the one CHROMIUM names.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where the browser is, or `null`. */
export function browserPath() {
  return [process.env.CHROMIUM, ...usual].find((path) => path && existsSync(path)) ?? null
}

/** Installs the browser and a Cyrillic font where the system allows it; says what to do where it does not. */
export function ensureBrowser() {
  if (browserPath() && hasCyrillicFont()) return true
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (mayInstall) {
    console.log('Installing Chromium and a Cyrillic font for the browser journeys…')
    const options = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    spawnSync('apt-get', ['-qq', 'update'], options)
    spawnSync('apt-get', ['-qq', 'install', '-y', 'chromium', 'fonts-dejavu-core', 'fontconfig'], options)
  }
  if (browserPath()) return true
  console.log(
    'The browser journeys need Chromium: sudo apt install chromium fonts-dejavu-core, or set CHROMIUM.',
  )
  return false
}

/** Where fonts cannot be listed they are assumed: only Debian's bare image comes without. */
function hasCyrillicFont() {
  const { status, stdout } = spawnSync('fc-list', [':lang=ru'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() !== '' : process.platform !== 'linux'
}
