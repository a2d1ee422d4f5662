/** The frame of every page for administrators: heading and the way between them. */
import type { Child, SafeHtml } from '#jsx/jsx-runtime'
import { Layout, type LayoutProps, type PageProps } from '../layout.tsx'

const places = [
  ['/admin', 'Health'],
  ['/admin/catalogue', 'Catalogue'],
  ['/admin/people', 'People'],
  ['/admin/sandboxes', 'Sandboxes'],
  ['/admin/audit', 'Audit log'],
] as const

/** Where one of these pages is. */
export type AdminPlace = (typeof places)[number][0]

/** The whole page around its content. Authors see the catalogue only. */
export function AdminFrame({
  page,
  place,
  title,
  later = [],
  children,
}: {
  page: PageProps
  place: AdminPlace
  title: string
  later?: LayoutProps['later']
  children: Child
}): SafeHtml {
  return (
    <Layout page={page} title={title} current="health" later={later}>
      <main id="main" class="page stack">
        <h1>{title}</h1>
        {page.viewer?.role === 'admin' ? (
          <nav class="scroll" aria-label="Administration">
            <div class="tabs">
              {places.map(([path, word]) => (
                <a href={path} aria-current={path === place ? 'page' : null}>
                  {word}
                </a>
              ))}
            </div>
          </nav>
        ) : null}
        {children}
      </main>
    </Layout>
  )
}

/** A table that scrolls by itself where it is too wide; reachable by keyboard. */
export function Listing({
  label,
  head,
  numbersFrom = head.length,
  isFlow = false,
  children,
}: {
  label: string
  head: readonly string[]
  /** From this column on there are numbers. */
  numbersFrom?: number
  /** On a phone each row stands as a block; a cell of class `w` takes its whole width. */
  isFlow?: boolean
  children: Child
}): SafeHtml {
  return (
    <section class="scroll" tabindex="0" aria-label={label}>
      <table class={`data${isFlow ? ' flow' : ''}${numbersFrom < head.length ? ' figures' : ''}`}>
        <thead>
          <tr>
            {head.map((word, index) => (
              <th scope="col" class={index >= numbersFrom ? 'n' : null}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
