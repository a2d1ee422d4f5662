/** The shell of every page: head, bar, account menu and the icons that its content uses. */
import { type Child, nothing, raw, type SafeHtml } from '#jsx/jsx-runtime'
import { Icon, Mark, Sprite } from './parts/icon.tsx'
import type { SymbolId } from './parts/icon-shapes.ts'

/** Addresses of what the browser loads, as the build names them. */
export interface AssetUrls {
  /** tokens.css, app.css, editor.css: editor.css is loaded by the workbench only. */
  'tokens.css': string
  'app.css': string
  'editor.css': string
  'mark.svg': string
  /** Bundles of static/client/*.ts. theme runs in the head, before the first paint. */
  'theme.js': string
  'page.js': string
  'workbench.js': string
  'code-bench.js': string
  /** Loaded by the workbench when somebody formats. */
  'format.js': string
}

/** Who is looking, as far as a page shows it. */
export interface PageViewer {
  name: string
  role: 'guest' | 'learner' | 'author' | 'admin'
}

/** What every page is given. */
export interface PageProps {
  assets: AssetUrls
  /** The nonce of this answer's policy; the editor's styles carry it. */
  nonce: string
  /** The session's token against forged requests; null where there is no session yet. */
  csrf: string | null
  /** Null where nobody is known yet: the bar offers to sign in. */
  viewer: PageViewer | null
  /** False where it could not be found out who is looking: the bar then says nothing about them. */
  isViewerKnown?: boolean
  /** The path of this page, to come back to after signing in. */
  path: string
  /** Where administrators see how Podium is, and authors the state of the content; null hides the link. */
  healthPath: string | null
}

/** Parts of the shell that differ from page to page. */
export interface LayoutProps {
  page: PageProps
  title: string
  current?: 'home' | 'practice' | 'leaderboard' | 'health' | null
  /** Replaces the navigation, as the workbench does. */
  crumb?: Child
  /** Stands before the account in the bar. */
  tools?: Child
  /** Fills the window instead of scrolling. */
  isFixed?: boolean
  /** The bundle of the page's editor; null where there is none. */
  editor?: 'workbench.js' | 'code-bench.js' | null
  /** Shapes that fragments may bring later. */
  later?: readonly SymbolId[]
  children: Child
}

/**
 * No styles of its own (the policy forbids them), no time limit (a check may take long), no history, and no settling: it
 * would put back the attributes of elements that tabs have changed meanwhile.
 */
const htmxConfig = JSON.stringify({
  includeIndicatorCSS: false,
  defaultTimeout: 0,
  history: false,
  defaultSettleDelay: 0,
})

/** The hidden field that every form carries. */
export function CsrfField({ csrf }: { csrf: string | null }): SafeHtml {
  return csrf === null ? nothing : <input type="hidden" name="csrf" value={csrf} />
}

/** A whole document. */
export function Layout(props: LayoutProps): SafeHtml {
  const { page, title, isFixed = false } = props
  const body = (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Bar {...props} />
      {props.children}
      <p class="sr" id="announcer" role="status" />
      <p class="sr" id="alarm" role="alert" />
    </>
  )
  const headers = page.csrf === null ? {} : { 'hx-headers:inherited': JSON.stringify({ 'x-csrf': page.csrf }) }
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <Head page={page} title={title} editor={props.editor ?? null} />
        <body class={isFixed ? 'fixed' : null} {...headers}>
          <Sprite of={body} later={props.later ?? []} />
          {body}
        </body>
      </html>
    </>
  )
}

/** The document's head; pages without the bar use it too. */
export function Head({ page, title, editor = null }: Pick<LayoutProps, 'page' | 'title' | 'editor'>): SafeHtml {
  const { assets, nonce } = page
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="htmx-config" content={htmxConfig} />
      <title>{title === 'Podium' ? title : `${title} · Podium`}</title>
      <link rel="icon" href={assets['mark.svg']} type="image/svg+xml" />
      <link rel="stylesheet" href={assets['tokens.css']} />
      <link rel="stylesheet" href={assets['app.css']} />
      {editor === null ? null : <link rel="stylesheet" href={assets['editor.css']} />}
      <script src={assets['theme.js']} nonce={nonce} />
      <script src={assets['page.js']} type="module" nonce={nonce} />
      {editor === null ? null : <script src={assets[editor]} type="module" nonce={nonce} />}
    </head>
  )
}

function Bar({ page, current = null, crumb, tools }: LayoutProps): SafeHtml {
  return (
    <header class="bar">
      <a class="brand" href="/" aria-label="Podium, home">
        <Mark />
        <span>Podium</span>
      </a>
      {crumb ?? <Navigation current={current} page={page} />}
      <div class="end">
        {tools ?? <Search />}
        <Account page={page} />
      </div>
    </header>
  )
}

function Navigation({ current, page }: { current: LayoutProps['current']; page: PageProps }): SafeHtml {
  const { healthPath, viewer } = page
  const isCurrent = (name: LayoutProps['current']) => (current === name ? 'page' : null)
  return (
    <nav class="nav" aria-label="Main">
      <a href="/" aria-current={isCurrent('home')}>
        Home
      </a>
      <a href="/exercises" aria-current={isCurrent('practice')}>
        Practice
      </a>
      <a href="/leaderboard" aria-current={isCurrent('leaderboard')}>
        Leaderboard
      </a>
      {healthPath !== null ? (
        <a href={healthPath} aria-current={isCurrent('health')}>
          {viewer?.role === 'author' ? 'Content' : 'Health'}
        </a>
      ) : null}
    </nav>
  )
}

function Search(): SafeHtml {
  return (
    <search>
      <form class="find" action="/exercises" method="get">
        <Icon name="search" />
        <input type="search" name="q" aria-label="Search exercises" placeholder="Search" data-shortcut="/" />
        <kbd>/</kbd>
      </form>
    </search>
  )
}

function Account({ page }: { page: PageProps }): SafeHtml {
  const { viewer, isViewerKnown = true } = page
  const isGuest = viewer === null || viewer.role === 'guest'
  const guestLabel = isViewerKnown ? 'Account: guest' : 'Account'
  return (
    <details class="menu">
      <summary class="who" aria-label={isGuest ? guestLabel : `${initials(viewer.name)}, account of ${viewer.name}`}>
        {isGuest ? <Icon name="user" /> : initials(viewer.name)}
      </summary>
      <div class="sheet">
        {isViewerKnown ? (
          <p class="muted">{isGuest ? 'You are a guest. What you do is kept for you.' : viewer.name}</p>
        ) : null}
        <ThemeChoice />
        <a href="/account">Your account</a>
        {!isViewerKnown ? null : isGuest ? (
          <a class="btn sm full" href={`/sign-in?next=${encodeURIComponent(page.path)}`}>
            <Icon name="log-in" />
            Sign in
          </a>
        ) : (
          <form method="post" action="/sign-out">
            <CsrfField csrf={page.csrf} />
            <button class="btn sm full" type="submit">
              <Icon name="log-out" />
              Sign out
            </button>
          </form>
        )}
      </div>
    </details>
  )
}

/** Light, dark or as the system says; it needs a script, so it is shown by one. */
function ThemeChoice(): SafeHtml {
  const choice = (value: string, word: string) => (
    <label>
      <input type="radio" name="theme" value={value} checked={value === 'system'} />
      {word}
    </label>
  )
  return (
    <fieldset class="choice" data-theme-choice hidden>
      <legend class="sr">Theme</legend>
      {choice('system', 'System')}
      {choice('light', 'Light')}
      {choice('dark', 'Dark')}
    </fieldset>
  )
}

/** Two letters of a name: the first of its first and of its last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = [...(words[0] ?? '')][0] ?? '?'
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toUpperCase()
}
