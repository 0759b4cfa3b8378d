// Entry of the classifier process, which asks networks about single images; see classifier.ts and inspect/inspector.ts
// for the other side.
import { startQuickEngine } from '../engines/start-quick-engine.ts'
import { InspectionDesk } from '../inspect/answer-inspection.ts'
import { inspectionQuestionSchema } from '../inspect/inspection-messages.ts'
import { ClassifierDesk } from './answer-classifier.ts'
import { classifierQuestionSchema } from './classifier-messages.ts'
import { serveCompanion } from './serve-companion.ts'

const photos = new ClassifierDesk()
const inspection = new InspectionDesk()
let engine: Promise<void> | null = null

serveCompanion(async (question) => {
  engine ??= startQuickEngine()
  await engine
  const inspected = inspectionQuestionSchema.safeParse(question)
  if (inspected.success) return inspection.answer(inspected.data)
  return photos.answer(classifierQuestionSchema.parse(question))
})
