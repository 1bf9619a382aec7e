import { count } from "../word-en";

export const history = {
  title: "History",
  kinds: {
    create: "Added",
    edit: "Edited",
    state: "Published or made a draft",
    category: "Category changed",
    import: "Imported",
    restore: "Brought back",
    delete: "Deleted",
    undo: "Change taken back",
    unknown: "First version",
  },
  byProgram: "The program",
  changes: (fields: number) => `${count(fields, "change", "changes")}`,
  present: "as it is now",
  restore: "Bring back",
  restored: "The earlier version is back.",
};
