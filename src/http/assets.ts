/**
 * What browsers load: styles, scripts, fonts. Names carry a hash of the content, so they never change and are cached
 * for a year; text is compressed once, at first use.
 */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { Elysia } from 'elysia'
import { embeddedFile, embeddedText, listEmbedded } from '../embedded.ts'
import { Failure } from '../failure.ts'

/** `app.css` → `/static/app-1a2b3c4d.css`, for every asset. */
export type AssetUrls = Readonly<Record<string, string>>

interface Asset {
  type: string
  plain: Uint8Array<ArrayBuffer>
  brotli: Uint8Array<ArrayBuffer> | null
  gzip: Uint8Array<ArrayBuffer> | null
}

/** The addresses of all assets by their plain names. */
export function assetUrls(): AssetUrls {
  const manifest: unknown = JSON.parse(embeddedText('static/manifest.json'))
  if (typeof manifest !== 'object' || manifest === null) throw new Error('static/manifest.json is no object')
  return Object.fromEntries(Object.entries(manifest).map(([name, hashed]) => [name, `/static/${String(hashed)}`]))
}

/** Serves `/static/…`. */
export function assetRoutes() {
  const names = new Set(listEmbedded('static/'))
  const loaded = new Map<string, Promise<Asset>>()
  return new Elysia({ name: 'assets' }).get('/static/*', async ({ params, request }) => {
    const name = `static/${params['*']}`
    if (!names.has(name)) throw new Failure('missing', 'There is no such file.')
    const asset = await remember(loaded, name)
    return encoded(asset, request.headers.get('accept-encoding') ?? '', Bun.hash(name).toString(36), request)
  })
}

function remember(loaded: Map<string, Promise<Asset>>, name: string): Promise<Asset> {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const asset = load(name)
  loaded.set(name, asset)
  return asset
}

async function load(name: string): Promise<Asset> {
  const file = embeddedFile(name)
  const plain = await file.bytes()
  const isText = /^(text|application\/(json|javascript)|image\/svg)/.test(file.type)
  if (!isText) return { type: file.type, plain, brotli: null, gzip: null }
  // Off the main loop: the editor's script takes tenths of a second.
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    promisify(gzip)(plain),
  ])
  return { type: file.type, plain, brotli: new Uint8Array(brotli), gzip: new Uint8Array(gzipped) }
}

function encoded(asset: Asset, accepted: string, tag: string, request: Request): Response {
  const headers = new Headers({
    'content-type': asset.type,
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${tag}"`,
    vary: 'accept-encoding',
  })
  if (request.headers.get('if-none-match') === `"${tag}"`) return new Response(null, { status: 304, headers })
  if (asset.brotli !== null && /\bbr\b/.test(accepted)) {
    headers.set('content-encoding', 'br')
    return new Response(asset.brotli, { headers })
  }
  if (asset.gzip !== null && /\bgzip\b/.test(accepted)) {
    headers.set('content-encoding', 'gzip')
    return new Response(asset.gzip, { headers })
  }
  return new Response(asset.plain, { headers })
}
