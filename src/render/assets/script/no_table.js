const tables = () => {};
