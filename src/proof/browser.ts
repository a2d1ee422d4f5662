/** A real browser for proofs: headless Chromium, a new visitor, the editor, and what axe finds. */
import AxeBuilder from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** Starts Chromium. It asks nobody outside for anything. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

/** A page of a new visitor. */
export interface Visit {
  page: Page
  /** What the browser complains of: errors of scripts, and of the policy. */
  troubles: string[]
}

/** Opens an empty page of a new visitor. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  return { page, troubles }
}

/** Replaces the editor's text. */
export async function writeQuery(page: Page, text: string): Promise<void> {
  await page.locator('.ace-host .ace_text-input').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
}

/** What axe finds wrong with the page as it stands; the rule of WCAG 2.2 for the size of targets is one it leaves out by itself. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AxeBuilder.source)
  return await page.evaluate(async () => {
    const axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: unknown }[] }[] }> } =
      Reflect.get(window, 'axe')
    const { violations: found } = await axe.run({ rules: { 'target-size': { enabled: true } } })
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`)
  })
}
