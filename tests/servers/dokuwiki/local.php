<?php
// Settings of the test wiki (conf/local.php).
$conf['title']      = 'Net Wiki';
$conf['license']    = 'cc-by-sa';
$conf['useacl']     = 0;             // everyone may read and edit
$conf['userewrite'] = 1;             // /towns:velmora; doku.php?id= works too
$conf['sidebar']    = 'sidebar';
$conf['updatecheck'] = 0;            // asks dokuwiki.org otherwise
$conf['baseurl']    = '';
$conf['savedir']    = './data';      // Debian's default is /var/lib/dokuwiki/data
