"""One walk over the page that hands every visible character to its owner, laid out as a reader sees it."""
