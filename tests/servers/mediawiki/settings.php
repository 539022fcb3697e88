<?php
// Settings of the test wiki, included at the end of DIR/LocalSettings.php.
// $dir is DIR; DIR/port holds the port that the server listens on.
$port = trim( file_get_contents( "$dir/port" ) );
$wgServer = "http://127.0.0.1:$port";
$wgRenderHashAppend = "!$port";               // cached HTML holds absolute URLs
$wgArticlePath = '/wiki/$1';
$wgUsePathInfo = true;
$wgSecretKey = str_repeat( '0', 64 );
$wgInvalidateCacheOnLocalSettingsChange = false;
$wgCacheEpoch = '20200101000000';             // so Last-Modified is the page's own
$wgMainCacheType = CACHE_ACCEL;               // APCu
$wgParserCacheType = CACHE_DB;
$wgCacheDirectory = "$dir/cache";
$wgUploadDirectory = "$dir/images";
$wgUploadPath = '/images';
$wgUseImageMagick = false;                    // thumbnails by php-gd
$wgJobRunRate = 0;                            // jobs run at build time only
$wgDefaultSkin = 'vector';                    // legacy Vector; ?useskin= picks another
$wgShowExceptionDetails = true;
$wgScribuntoDefaultEngine = 'luastandalone';
$wgScribuntoEngineConf['luastandalone']['luaPath'] = '/usr/bin/lua5.1';
$wgPygmentizePath = '/usr/bin/pygmentize';    // python3-pygments
$wgRightsUrl = 'https://creativecommons.org/licenses/by-sa/4.0/';
$wgRightsText = 'Creative Commons Attribution-ShareAlike 4.0';

// Nothing may leave this machine. The Math extension asks wikimedia.org to
// render formulas unless it has a local program; mathoid-cli.php stands in.
$wgMathoidCli = [ PHP_BINDIR . '/php', __DIR__ . '/mathoid-cli.php' ];
$wgMathFullRestbaseURL = $wgMathMathMLUrl = $wgMathLaTeXMLUrl = 'http://127.0.0.1:9/';
$wgHTTPProxy = '127.0.0.1:9';
$wgMaxShellMemory = 0;                        // php needs more than the default

// rest.php/v1/page/TITLE/html (Parsoid HTML)
wfLoadExtension( 'Parsoid', "$IP/vendor/wikimedia/parsoid/extension.json" );

// A test may write DIR/extra.php to change anything, e.g. $wgReadOnly = 'x';
if ( is_file( "$dir/extra.php" ) ) { require "$dir/extra.php"; }
