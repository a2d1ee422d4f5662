/** What every page is given: assets, nonce, token, viewer. */
import type { PageProps, PageViewer } from '../../views/layout.tsx'
import { type AssetUrls, assetUrls } from './assets.ts'
import { requestFacts } from './edge.ts'

/** Which assets the pages name. */
const pageAssets = [
  'tokens.css',
  'app.css',
  'editor.css',
  'mark.svg',
  'theme.js',
  'page.js',
  'workbench.js',
  'code-bench.js',
  'format.js',
] as const

let known: PageProps['assets'] | null = null

/** The addresses of the assets that pages name. Throws at the first page where the build left one out. */
function namedAssets(): PageProps['assets'] {
  known ??= pick(assetUrls())
  return known
}

function pick(urls: AssetUrls): PageProps['assets'] {
  const address = (name: (typeof pageAssets)[number]): string => {
    const url = urls[name]
    if (url === undefined) throw new Error(`The build has no ${name}`)
    return url
  }
  return {
    'tokens.css': address('tokens.css'),
    'app.css': address('app.css'),
    'editor.css': address('editor.css'),
    'mark.svg': address('mark.svg'),
    'theme.js': address('theme.js'),
    'page.js': address('page.js'),
    'workbench.js': address('workbench.js'),
    'code-bench.js': address('code-bench.js'),
    'format.js': address('format.js'),
  }
}

/** What those see who look after Podium or its content. */
const watchedPaths: Partial<Record<PageViewer['role'], string>> = { admin: '/admin', author: '/admin/catalogue' }

/** Who a request came from, for a page that is made where only the request is at hand. */
interface KnownViewer {
  viewer: PageViewer | null
  csrf: string | null
}

const viewers = new WeakMap<Request, KnownViewer>()

/** Keeps who a request came from, so that its error page can say it too. */
export function noteViewer(request: Request, known: KnownViewer): void {
  viewers.set(request, known)
}

/** The props of an error page: a request may have failed before it was known who sent it. */
export function errorPageProps(request: Request): PageProps {
  const known = viewers.get(request)
  if (known !== undefined) return pageProps(request, known)
  return { ...pageProps(request, { viewer: null, csrf: null }), isViewerKnown: false }
}

/** Builds the props of a page. */
export function pageProps(
  request: Request,
  { viewer, csrf }: { viewer: PageViewer | null; csrf: string | null },
): PageProps {
  const { pathname, search } = new URL(request.url)
  return {
    assets: namedAssets(),
    nonce: requestFacts(request).nonce,
    csrf,
    viewer: viewer === null ? null : { name: viewer.name, role: viewer.role },
    path: pathname + search,
    healthPath: viewer === null ? null : (watchedPaths[viewer.role] ?? null),
  }
}
