/** Forms that only code exercises have: running the program, trying the shown tests, following the output. */
import { Elysia } from 'elysia'
import { requestViewer, requireViewer } from '../accounts/request-viewer.ts'
import { requireCode } from '../catalog/kinds.ts'
import { runCode } from './code-run.ts'
import { type AttemptParts, answer, type Work, workOf } from './exercise-page.ts'
import { formFields, saveLatest, stdinLengthMax } from './form.ts'
import { holderOf } from './holder.ts'
import { linesResponse } from './lines.ts'
import { historyOf } from './page.ts'
import { answerOfForm } from './sheets.ts'

/** Routes below /attempts that only code exercises have. */
export function codeRoutes(parts: AttemptParts) {
  const { bench } = parts
  const codeBench = { ...bench, grader: parts.codeGrader, live: parts.live }
  return new Elysia()
    .use(requestViewer(parts.door))
    .derive(workOf(parts))
    .post(
      '/attempts/:id/programs',
      async (context) => await runAnswer(context, (context.body['stdin'] ?? '').slice(0, stdinLengthMax)),
      { body: formFields },
    )
    .post('/attempts/:id/trials', async (context) => await runAnswer(context, null), { body: formFields })
    .get('/attempts/:id/output', ({ work: { attempt } }) =>
      linesResponse((signal) => parts.live.follow(attempt.id, signal)),
    )

  /** Runs what a form handed over. */
  async function runAnswer(
    {
      work: { attempt, exercise: found },
      body,
      viewer: someone,
      csrf,
      request,
    }: {
      work: Work
      body: Record<string, string>
      viewer: Parameters<typeof requireViewer>[0]
      csrf: string | null
      request: Request
    },
    stdin: string | null,
  ): Promise<Response> {
    const viewer = requireViewer(someone)
    const exercise = requireCode(found)
    return await answer({ parts, request, viewer, csrf, exercise }, async () => {
      const text = answerOfForm(exercise, body)
      await saveLatest(bench, request, attempt, text)
      const holder = holderOf(viewer, request)
      const result = await runCode(codeBench, { attempt, exercise, holder, answer: text, stdin })
      const { tries } = await historyOf(bench.sql, { attempt, exercise }, null)
      return { result: { kind: 'code-run', result, isOlder: false }, tries }
    })
  }
}
