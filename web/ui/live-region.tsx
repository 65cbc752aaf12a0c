import { VisuallyHidden } from './layout.tsx'

type LiveRegionProps = { remarks: readonly { id: number; sentence: string }[] }

/** The page's single polite voice. Each remark is an element of its own, and only what is added is spoken. */
export function LiveRegion({ remarks }: LiveRegionProps) {
  return (
    <VisuallyHidden>
      <span role="status" aria-live="polite" aria-atomic="false">
        {remarks.map(({ id, sentence }) => (
          <span key={id}>{sentence} </span>
        ))}
      </span>
    </VisuallyHidden>
  )
}
