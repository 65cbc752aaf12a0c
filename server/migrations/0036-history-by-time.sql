-- What a restore would take back is counted from a moment on. History is only ever added to, so its rows lie in the order
-- of their moments, and a summary of each run of pages is enough: some kilobytes, and next to nothing for who saves.
create index history_by_time on history using brin (at) with (pages_per_range = 32, autosummarize = on);
