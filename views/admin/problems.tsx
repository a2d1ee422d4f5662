/** What is wrong with the content, for administrators and authors. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import type { PageProps } from '../layout.tsx'
import { Empty } from '../parts/say.tsx'
import { AdminFrame, Listing } from './frame.tsx'

/** Something that is wrong with a folder of content. */
export interface ProblemRow {
  file: string
  line: number | null
  key: string | null
  message: string
}

/** What is wrong with the catalogue. */
export function ProblemsPage({ page, problems }: { page: PageProps; problems: readonly ProblemRow[] }): SafeHtml {
  return (
    <AdminFrame page={page} place="/admin/catalogue" title="Catalogue">
      {problems.length === 0 ? (
        <Empty title="No problems">
          Every exercise folder and every language’s file could be read. Mistakes show up here within seconds.
        </Empty>
      ) : (
        <Listing label="Problems of the catalogue" head={['File', 'Line', 'Key', 'What is wrong']}>
          {problems.map(({ file, line, key, message }) => (
            <tr>
              <td>
                <code>{file}</code>
              </td>
              <td class="n">{line ?? ''}</td>
              <td>{key ?? ''}</td>
              <td>{message}</td>
            </tr>
          ))}
        </Listing>
      )}
    </AdminFrame>
  )
}
