// The page is read as a whole first: the script stands before what it works on.
addEventListener("DOMContentLoaded", () => { refresh(); tables(); keep(); });
