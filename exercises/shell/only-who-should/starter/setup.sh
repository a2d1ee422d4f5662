# Makes the folder shared/ as it came.
set -e
mkdir -p shared/tools/old "shared/letters/to the bank" shared/plans.sh
echo 'echo hello' > shared/tools/hello.sh
echo 'echo old' > "shared/tools/old/say it.sh"
echo 'tools and how to use them' > shared/tools/README
echo 'a plan' > shared/plans.sh/first.txt
echo 'dear bank' > "shared/letters/to the bank/loan.txt"
echo 'echo a secret' > shared/letters/print.sh
echo 'see letters' > "shared/see also.txt"
find shared -type f -exec chmod 646 {} +
chmod 777 shared/tools/README
find shared -mindepth 1 -type d -exec chmod 757 {} +
