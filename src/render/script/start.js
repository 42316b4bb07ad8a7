// The page is read as a whole first: the script stands before what it works on.
const start = () => { refresh(); tables(); keep(); };
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
