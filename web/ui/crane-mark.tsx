/** The product's mark: a crane in flight, drawn as three strokes of one pen. */
export function CraneMark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path
        d="M4 30.5c5.5-.6 10-2.4 13.6-5.3C15.4 18.3 16.7 11 21.3 4.5c.9 6.3 3.5 11.4 7.8 15.3 3.9-4.1 8.6-6.5 14.2-7.2l1.7 1.5-2.5.6c-4.7 1.1-8.3 3.6-10.7 7.4 2.1 5.9-.8 11.3-6.9 13.1-3.4 1-6.9 1-10.5 0 3.7-.5 6.8-1.7 9.2-3.7-6.5 1.5-13 1.2-19.6-1z"
        fill="currentColor"
      />
      <path
        d="M17.5 35.8 11 43.5M21.5 36 17.5 43.5"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
      />
    </svg>
  )
}
