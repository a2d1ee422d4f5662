/** What people call the browser that sent a User-Agent header. */

/** Of those that a header names, the first here is meant: the others are in it for the sake of old pages. */
const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\b(?:Edg|EdgA|EdgiOS)\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//, 'Safari'],
]

const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** `Firefox 140 on Linux`; the header itself where it names no browser that is known here. */
export function browserName(userAgent: string): string {
  if (userAgent.trim() === '') return 'A program without a name'
  for (const [mark, name] of browsers) {
    const found = mark.exec(userAgent)
    if (found === null) continue
    const system = systems.find(([systemMark]) => systemMark.test(userAgent))?.[1]
    return `${name} ${found[1]}${system === undefined ? '' : ` on ${system}`}`
  }
  return userAgent
}
