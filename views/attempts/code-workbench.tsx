/** The page of a code exercise: files in place of one query. */
import type { SafeHtml } from '#jsx/jsx-runtime'
import { BenchPage, type BenchProps } from './bench-page.tsx'
import { FileDialogs } from './file-dialogs.tsx'
import { FilesPane, type FilesPaneProps } from './files-pane.tsx'
import { type Sample, Samples } from './samples-pane.tsx'

/** What the page is given. */
export interface CodeBenchProps extends BenchProps, FilesPaneProps {
  /** Inputs that are shown with what the right output is; empty where the exercise is not judged by output. */
  samples: readonly Sample[]
}

/** The whole page. */
export function CodeBenchPage(props: CodeBenchProps): SafeHtml {
  const { samples } = props
  const more =
    samples.length === 0
      ? []
      : [{ id: 'pane-samples', name: 'Samples', count: samples.length, panel: <Samples samples={samples} /> }]
  return (
    <BenchPage {...props} kind="code" editor="code-bench.js" more={more} after={<FileDialogs />}>
      <FilesPane {...props} />
    </BenchPage>
  )
}
