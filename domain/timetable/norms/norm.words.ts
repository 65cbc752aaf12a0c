import { NORMS, type NormId, type NormSource } from './norm.ts'

/** Titles and editions of the acts; an edition says which text the figures here follow. */
export const SOURCE_TEXT: Record<NormSource, { title: string; edition: string }> = {
  'sanpin-3685': {
    title: 'СанПиН 1.2.3685-21',
    edition: 'постановление главного государственного санитарного врача РФ от 28.01.2021 № 2',
  },
  'sp-3648': {
    title: 'СП 2.4.3648-20',
    edition: 'постановление главного государственного санитарного врача РФ от 28.09.2020 № 28',
  },
  'order-536': { title: 'Приказ Минобрнауки России № 536', edition: 'от 11.05.2016' },
  practice: { title: 'Методические рекомендации', edition: 'практика школ, не норма права' },
}

/** What a norm is about, and its clause where it is known. */
export const NORM_TEXT: Record<NormId, { title: string; clause: string | null }> = {
  'weekly-load': { title: 'недельная нагрузка', clause: null },
  'daily-load': { title: 'уроков в день', clause: null },
  'extracurricular-load': { title: 'внеурочная деятельность за неделю', clause: null },
  'difficulty-peak': { title: 'пик трудности во вторник или среду', clause: 'табл. 6.9–6.11' },
  'lighter-day': { title: 'облегчённый день в среду или четверг', clause: null },
  'day-difficulty': { title: 'сумма баллов трудности за день', clause: null },
  'hard-subject-time': { title: 'трудные предметы на 2–4 уроках', clause: null },
  'hard-subjects-running': { title: 'трудные предметы подряд', clause: null },
  'exercise-first': { title: 'физкультура не первым уроком', clause: null },
  'exercise-last': { title: 'физкультура не всегда последним уроком', clause: null },
  'double-lesson': { title: 'без сдвоенных уроков в начальной школе', clause: null },
  'class-window': { title: 'без окон у учащихся', clause: null },
  'late-start': { title: 'занятия с первого урока', clause: null },
  'short-break': { title: 'перемена не короче 10 минут', clause: null },
  'long-break': { title: 'большая перемена', clause: null },
  'dynamic-pause': { title: 'динамическая пауза в 1 классе', clause: null },
  'day-bounds': { title: 'занятия с 8:00 до 19:00', clause: null },
  'zero-lesson': { title: 'без нулевого урока', clause: null },
  'second-shift': { title: 'только первая смена', clause: 'п. 3.4.15' },
  'lesson-length': { title: 'длительность урока', clause: null },
  'teacher-window': { title: 'окна учителя', clause: null },
  'pause-before-later': { title: 'перерыв перед внеурочной деятельностью', clause: null },
}

/** «СанПиН 1.2.3685-21, табл. 6.9–6.11» and whether it binds. */
export function normReference(id: NormId): string {
  const { source, kind, verified } = NORMS[id]
  const { clause } = NORM_TEXT[id]
  const act = clause === null ? SOURCE_TEXT[source].title : `${SOURCE_TEXT[source].title}, ${clause}`
  if (kind === 'recommendation') return `рекомендация: ${act}`
  return verified ? `норма: ${act}` : `норма (сверьте с текстом): ${act}`
}
