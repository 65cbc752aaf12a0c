-- Whether the control desk counts a lesson without homework, and without a word that there is none, as not filled.
alter table organization add column homework_expected boolean not null default true;
